//! Somebody who reads.

use super::Audience;
use sea_orm::{Condition, sea_query::ExprTrait, sea_query::IntoColumnRef};
use std::sync::{Arc, LazyLock};

/// Why something reads past the gate. Each use of [`Viewer::everything`] names one, so that they can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reason {
    /// The search index holds everything and filters when it is asked.
    Indexing,
    /// `plenary import` and `plenary export --as team`, by whoever can read the data folder anyway.
    CommandLine,
    /// To know that there is something which must not be named.
    Hiding,
    /// A test looks at what is really there.
    #[cfg(test)]
    Test,
}

/// The audiences somebody belongs to. The fields are private: a viewer comes from one of the functions here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer(Holds);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Holds {
    /// Sorted, each once.
    Audiences(Arc<[Audience]>),
    Everything(Reason),
}

impl Viewer {
    /// Somebody of whom nothing is known.
    pub fn anonymous() -> Self {
        static ANONYMOUS: LazyLock<Viewer> = LazyLock::new(|| Viewer::of([Audience::Public]));
        ANONYMOUS.clone()
    }

    /// Somebody signed in, with what their roles give them.
    pub fn of(audiences: impl IntoIterator<Item = Audience>) -> Self {
        let mut audiences: Vec<_> = audiences.into_iter().chain([Audience::Public]).collect();
        audiences.sort_unstable();
        audiences.dedup();
        Self(Holds::Audiences(audiences.into()))
    }

    /// Whoever works on the data folder itself, from the command line.
    pub fn command_line() -> Self {
        Self::everything(Reason::CommandLine)
    }

    /// What the audit calls those who may import.
    pub(crate) fn importing(&self) -> Option<&'static str> {
        matches!(self.0, Holds::Everything(Reason::CommandLine)).then_some("command line")
    }

    /// The one way past the gate, for work without a person.
    pub(crate) fn everything(reason: Reason) -> Self {
        Self(Holds::Everything(reason))
    }

    /// Whether nothing is known of this viewer: the only one for whom answers may be kept by others.
    pub fn is_anonymous(&self) -> bool {
        matches!(&self.0, Holds::Audiences(audiences) if **audiences == [Audience::Public])
    }

    /// Whether they may see what has this audience.
    pub fn sees(&self, audience: Audience) -> bool {
        match &self.0 {
            Holds::Audiences(audiences) => audiences.contains(&audience),
            Holds::Everything(_) => true,
        }
    }

    /// What SQL asks of the column that holds the audience.
    pub(crate) fn condition(&self, column: impl IntoColumnRef) -> Condition {
        match &self.0 {
            Holds::Audiences(audiences) => Condition::all()
                .add(sea_orm::sea_query::Expr::col(column).is_in(audiences.iter().map(ToString::to_string))),
            Holds::Everything(_) => Condition::all(),
        }
    }

    /// Whether the index may show them what has this audience, as it is stored.
    pub(crate) fn admitted_by(&self, audience: &str) -> bool {
        match &self.0 {
            Holds::Audiences(_) => audience.parse().is_ok_and(|audience| self.sees(audience)),
            Holds::Everything(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_sees_what_they_belong_to_and_nothing_else() {
        let nobody = Viewer::anonymous();
        assert!(nobody.sees(Audience::Public) && nobody.is_anonymous());
        assert!(!nobody.sees(Audience::Members));

        let expert = Viewer::of([Audience::Team(1), Audience::Participants(1), Audience::Members]);
        assert!(expert.sees(Audience::Team(1)) && expert.sees(Audience::Public) && !expert.is_anonymous());
        assert!(!expert.sees(Audience::Team(2)));
        assert!(!expert.sees(Audience::Early(1)));
    }

    #[test]
    fn the_order_in_which_roles_are_found_does_not_matter() {
        let one = Viewer::of([Audience::Members, Audience::Team(3), Audience::Members]);
        let other = Viewer::of([Audience::Team(3), Audience::Public, Audience::Members]);
        assert_eq!(one, other);
    }

    #[test]
    fn the_bypass_is_not_anonymous() {
        assert!(!Viewer::everything(Reason::Test).is_anonymous());
    }
}
