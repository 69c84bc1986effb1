//! Somebody who reads.

use super::{Audience, Somebody, Who};
use crate::{roles::Act, store::constant, things::Listed};
use sea_orm::{
    Condition,
    sea_query::{BinOper, ColumnRef, Expr, ExprTrait, Func, IntoColumnRef, LikeExpr},
};
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
    /// What somebody who changes a thing may not see of it has to stay.
    Keeping,
    /// A test looks at what is really there.
    #[cfg(test)]
    Test,
}

/// The audiences somebody belongs to, and who that is. The fields are private: a viewer comes from one of the functions
/// here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    holds: Holds,
    who: Option<Arc<Somebody>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Holds {
    Audiences(Audiences),
    /// These, and every one that is of a seminar.
    EverySeminar(Audiences),
    Everything(Reason),
}

/// Some audiences: sorted, each once; and as a list in SQL, between commas, since each page asks by it often.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Audiences {
    all: Arc<[Audience]>,
    list: Arc<str>,
}

impl Audiences {
    /// With what is for everybody.
    fn of(audiences: impl IntoIterator<Item = Audience>) -> Self {
        let mut all: Vec<_> = audiences.into_iter().chain([Audience::Public]).collect();
        all.sort_unstable();
        all.dedup();
        let list = all.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        Self { all: all.into(), list: format!(",{list},").into() }
    }

    fn holds(&self, audience: Audience) -> bool {
        self.all.binary_search(&audience).is_ok()
    }

    /// That a column holds one of them.
    fn hold(&self, column: ColumnRef) -> Expr {
        let column = Expr::col(column);
        if let [one] = *self.all {
            return column.eq(one.to_string());
        }
        // Whether taking it out of the list leaves another one. Of a list for IN, or of equalities with "or" between
        // them, SQLite makes a table first, at each place of a statement that asks: half the time of a page. And so the
        // statement is the same for all who read, however many they belong to.
        let concat = BinOper::Custom("||");
        let one = constant(",").binary(concat, column).binary(concat, constant(","));
        let list = || Expr::val(self.list.to_string());
        Expr::from(Func::cust("replace").args([list(), one, constant("")])).ne(list())
    }
}

impl Viewer {
    /// Somebody of whom nothing is known.
    pub fn anonymous() -> Self {
        static ANONYMOUS: LazyLock<Viewer> = LazyLock::new(|| Viewer::of([Audience::Public]));
        ANONYMOUS.clone()
    }

    /// Whoever belongs to these audiences and has no name: a reader of an export, of a test.
    pub fn of(audiences: impl IntoIterator<Item = Audience>) -> Self {
        Self { holds: Holds::Audiences(Audiences::of(audiences)), who: None }
    }

    /// Somebody signed in, with what the table of roles gives them.
    pub(super) fn known(somebody: Somebody) -> Self {
        let audiences = Audiences::of(somebody.audiences());
        let holds = match somebody.in_every_seminar() {
            true => Holds::EverySeminar(audiences),
            false => Holds::Audiences(audiences),
        };
        Self { holds, who: Some(Arc::new(somebody)) }
    }

    /// Whoever sees the same, without a name: what is kept for all of them goes by it.
    pub(crate) fn faceless(&self) -> Self {
        Self { holds: self.holds.clone(), who: None }
    }

    /// Who it is, where somebody is signed in.
    pub fn who(&self) -> Option<&Somebody> {
        self.who.as_deref()
    }

    /// Their account, where they have one.
    pub(crate) fn account(&self) -> Option<i64> {
        match self.who.as_ref()?.who {
            Who::Account(id) => Some(id),
            Who::Seat(_) => None,
        }
    }

    /// The account with which they may write something: none where they have none, or look with other eyes.
    pub(crate) fn writer(&self) -> Option<i64> {
        self.who.as_ref()?.writes.as_ref()?;
        self.account()
    }

    /// What the audit calls them.
    pub(crate) fn actor(&self) -> String {
        match &self.who {
            Some(somebody) => somebody.who.to_string(),
            None => self.importing().unwrap_or("nobody").to_owned(),
        }
    }

    /// Whether the table of roles lets them do so on the platform, and with it in every seminar. Whoever works on the
    /// data folder may do what an administrator may.
    pub fn may(&self, act: Act) -> bool {
        self.may_within(act, None)
    }

    /// Whether the table of roles lets them do so in a seminar.
    pub fn may_in(&self, act: Act, seminar: &Listed) -> bool {
        self.may_within(act, Some(seminar.id.id()))
    }

    /// Whether it lets them do so on the platform, or in some seminar.
    pub fn may_somewhere(&self, act: Act) -> bool {
        self.may(act) || self.who.as_ref().is_some_and(|somebody| somebody.parts.iter().any(|(_, part)| part.may(act)))
    }

    /// The same for a seminar by its id.
    pub(crate) fn may_within(&self, act: Act, seminar: Option<i64>) -> bool {
        matches!(self.holds, Holds::Everything(Reason::CommandLine))
            || self.who.as_ref().is_some_and(|somebody| somebody.may(act, seminar))
    }

    /// Whoever works on the data folder itself, from the command line.
    pub fn command_line() -> Self {
        Self::everything(Reason::CommandLine)
    }

    /// What the audit calls those who may import.
    pub(crate) fn importing(&self) -> Option<&'static str> {
        matches!(self.holds, Holds::Everything(Reason::CommandLine)).then_some("command line")
    }

    /// The one way past the gate, for work without a person.
    pub(crate) fn everything(reason: Reason) -> Self {
        Self { holds: Holds::Everything(reason), who: None }
    }

    /// Whether nothing is known of this viewer: the only one for whom answers may be kept by others.
    pub fn is_anonymous(&self) -> bool {
        self.who.is_none() && matches!(&self.holds, Holds::Audiences(audiences) if *audiences.all == [Audience::Public])
    }

    /// Whether they may see what has this audience.
    pub fn sees(&self, audience: Audience) -> bool {
        match &self.holds {
            Holds::Audiences(audiences) => audiences.holds(audience),
            Holds::EverySeminar(audiences) => audience.seminar().is_some() || audiences.holds(audience),
            Holds::Everything(_) => true,
        }
    }

    /// What SQL asks of the column that holds the audience.
    pub(crate) fn condition(&self, column: impl IntoColumnRef) -> Condition {
        let column = column.into_column_ref();
        match &self.holds {
            Holds::Audiences(audiences) => Condition::all().add(audiences.hold(column)),
            // Within one that asks for all: whoever gets a condition adds to it.
            Holds::EverySeminar(audiences) => Condition::all().add(
                Condition::any()
                    .add(audiences.hold(column.clone()))
                    .add(Expr::col(column).like(LikeExpr::new(Audience::OF_SEMINARS))),
            ),
            Holds::Everything(_) => Condition::all(),
        }
    }

    /// Whether they may see what has this audience, as it is stored.
    pub(crate) fn admitted_by(&self, audience: &str) -> bool {
        self.may_read(audience.parse().ok())
    }

    /// Whether the index may show them what has this audience; none: it is stored as something that is none.
    pub(crate) fn may_read(&self, audience: Option<Audience>) -> bool {
        match audience {
            Some(audience) => self.sees(audience),
            None => matches!(self.holds, Holds::Everything(_)),
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
