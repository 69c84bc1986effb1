//! What folders say into the store: one transaction, and a line of the change log for each thing that it changes.

use super::{
    audiences,
    check::Folder,
    overlay::Edits,
    written::{Details, Ring, Written},
};
use crate::{
    boards, challenges,
    changes::Act,
    comparisons,
    edits::Kept,
    gate::{Visibility, settled},
    glossary, materials, organisations,
    people::{self, contribution},
    practices, recommendations, seminars, sessions,
    store::Failure,
    texts,
    things::{
        Kind,
        entity::{former, relation, thing},
    },
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter,
    sea_query::{Expr, ExprTrait, Query},
};
use std::{borrow::Cow, collections::HashMap};

/// The order in which things are written: what others belong to comes first.
const ORDER: [Kind; 11] = [
    Kind::Seminar,
    Kind::Organisation,
    Kind::Person,
    Kind::Session,
    Kind::Board,
    Kind::Challenge,
    Kind::Practice,
    Kind::Recommendation,
    Kind::Material,
    Kind::Comparison,
    Kind::Term,
];

/// A transaction that writes folders.
pub(crate) struct Publishing<'a, C> {
    pub(crate) db: &'a C,
    pub(crate) at: Timestamp,
    pub(crate) prune: bool,
    progress: &'a (dyn Fn(usize) + Sync),
    dealt_with: usize,
    /// The folder that is being written is made up.
    example: bool,
    /// What this transaction changed.
    pub(crate) changes: Vec<(i64, Kind, Act)>,
    /// What it found unchanged.
    pub(crate) unchanged: usize,
    /// What is in the store and in the folder no more.
    pub(crate) missing: Vec<(Kind, String)>,
    /// What of that was edited in the browser: it is not deleted.
    pub(crate) stayed: Vec<(Kind, String)>,
    /// For whom organisers set something else in the browser than the files say: that holds.
    pub(crate) kept: Vec<(Kind, String)>,
    /// What was edited in the browser, by the ids of things.
    pub(super) edits: Edits,
    /// What the files say holds, whatever was edited.
    pub(super) discard: bool,
    /// Fields that were edited and of which the files say something else: what was edited holds.
    pub(crate) edited: Vec<Kept>,
    /// Ids of things, by kind, seminar (where the slug is the seminar's own) and slug.
    ids: HashMap<(Kind, Option<i64>, String), i64>,
}

impl<'a, C: ConnectionTrait> Publishing<'a, C> {
    pub(crate) fn new(db: &'a C, at: Timestamp, prune: bool, progress: &'a (dyn Fn(usize) + Sync)) -> Self {
        Self {
            db,
            at,
            prune,
            progress,
            dealt_with: 0,
            example: false,
            changes: Vec::new(),
            unchanged: 0,
            missing: Vec::new(),
            stayed: Vec::new(),
            kept: Vec::new(),
            edits: Edits::default(),
            discard: false,
            edited: Vec::new(),
            ids: HashMap::new(),
        }
    }

    pub(crate) async fn folder(&mut self, folder: &Folder) -> Result<(), Failure> {
        self.example =
            folder.things.iter().any(|thing| matches!(&thing.details, Details::Seminar(details) if details.example));
        let mut stored = self.stored(folder).await?;
        let found = folder.things.iter().map(|thing| {
            let mut slugs = [Some(&thing.slug), thing.formerly.as_ref()].into_iter().flatten();
            slugs.find_map(|slug| stored.remove(&(thing.kind, slug.clone())))
        });
        let found: Vec<Option<thing::Model>> = found.collect();
        let there = stored.values().chain(found.iter().flatten()).filter(|row| row.kind == Kind::Session.code());
        let mut before: Vec<(i32, i64)> = there.map(|row| (row.position, row.id)).collect();
        before.sort_unstable();
        let before: Vec<i64> = before.into_iter().map(|(_, id)| id).collect();
        // What was edited and set in the browser holds before what the files say.
        let mut things = self.edited(&folder.things, &found).await?;
        self.as_begun(&mut things, &found).await?;
        // What was made in the browser is in no folder, and things of it may lie in that.
        let beside = self.edits.beside(&found);
        let filed = audiences::resolve_beside(&things, &beside);
        let set = self.set(&things, &found).await?;
        let holds = if set.iter().any(|thing| matches!(thing, Cow::Owned(_))) {
            audiences::resolve_beside(&set, &beside)
        } else {
            filed.clone()
        };
        let mut things: Vec<_> = things.iter().zip(&set).zip(filed).zip(holds).zip(found).collect();
        things.sort_by_key(|((((thing, _), _), _), _)| ORDER.iter().position(|kind| *kind == thing.kind));

        let mut seminar = None;
        let mut written = Vec::new();
        for ((((filed_thing, thing), filed), visibility), mut found) in things {
            let thing: &Written = thing;
            let digest = digest(filed_thing, filed)?;
            if let Some(row) = found.as_mut().filter(|row| self.edits.say(row.id, thing)) {
                row.digest.clone_from(&digest);
            }
            let (id, changed) = self.thing(thing, visibility, digest, seminar, found).await?;
            if thing.kind == Kind::Seminar {
                seminar = Some(id);
            }
            self.dealt_with += 1;
            (self.progress)(self.dealt_with);
            if changed {
                written.push((id, thing, visibility));
            } else {
                self.unchanged += 1;
            }
        }
        // What names other things comes once all of them are there.
        for (id, thing, visibility) in written {
            self.around(id, thing, visibility, seminar).await?;
        }
        self.gone(stored).await?;
        self.in_order(seminar, &before).await?;
        // What is in no folder follows what the folder says of that in which it lies.
        if let Some(seminar) = seminar {
            for changed in settled::settle(self.db, seminar).await? {
                if !self.changes.iter().any(|(id, ..)| *id == changed.0) {
                    self.changes.push(changed);
                }
            }
        }
        Ok(())
    }

    /// Writes one thing of a seminar that is there, or a seminar, and what hangs on it. Its id.
    pub(crate) async fn one(
        &mut self,
        seminar: Option<&thing::Model>,
        stored: Option<thing::Model>,
        thing: &Written,
        visibility: Visibility,
    ) -> Result<i64, Failure> {
        self.example = match &thing.details {
            Details::Seminar(details) => details.example,
            _ => seminar.is_some_and(|seminar| seminar.example),
        };
        let seminar = seminar.filter(|_| thing.kind != Kind::Seminar).map(|seminar| seminar.id);
        let digest = digest(thing, visibility)?;
        // Whoever asks knows that something changes, if only of which original a translation is.
        let stored = stored.map(|row| thing::Model { digest: String::new(), ..row });
        let (id, changed) = self.thing(thing, visibility, digest, seminar, stored).await?;
        if changed {
            self.around(id, thing, visibility, seminar).await?;
        }
        Ok(id)
    }

    /// Who contributed to a thing that was written, and what it names.
    async fn around(
        &mut self,
        id: i64,
        thing: &Written,
        visibility: Visibility,
        seminar: Option<i64>,
    ) -> Result<(), Failure> {
        let audience = audiences::of_contributions(thing, visibility).audience(seminar.unwrap_or(id));
        self.contributors(id, thing, audience.to_string()).await?;
        self.relations(id, thing, seminar).await
    }

    /// What the store holds of a folder.
    async fn stored(&self, folder: &Folder) -> Result<HashMap<(Kind, String), thing::Model>, Failure> {
        let rows = match folder.seminar() {
            Some(slug) => {
                let slugs = [Some(slug), folder.things.first().and_then(|seminar| seminar.formerly.as_deref())];
                let mut found = thing::Entity::find()
                    .filter(thing::Column::Kind.eq(Kind::Seminar.code()))
                    .filter(thing::Column::Slug.is_in(slugs.into_iter().flatten()))
                    .all(self.db)
                    .await?;
                // Its own name before the one it had: that may be another's by now.
                found.sort_by_key(|seminar| seminar.slug == slug);
                let Some(seminar) = found.pop() else { return Ok(HashMap::new()) };
                let mut rows =
                    thing::Entity::find().filter(thing::Column::SeminarId.eq(seminar.id)).all(self.db).await?;
                rows.push(seminar);
                rows
            }
            None => thing::Entity::find().filter(thing::Column::Kind.eq(Kind::Term.code())).all(self.db).await?,
        };
        let key = |row: thing::Model| Some(((row.kind.parse().ok()?, row.slug.clone()), row));
        Ok(rows.into_iter().filter_map(key).collect())
    }

    /// Writes one thing, if it says anything new. Its id, and whether it did.
    async fn thing(
        &mut self,
        thing: &Written,
        visibility: Visibility,
        digest: String,
        seminar: Option<i64>,
        stored: Option<thing::Model>,
    ) -> Result<(i64, bool), Failure> {
        let parent = match &thing.parent {
            Some(parent) => self.id(parent.kind, &parent.slug, seminar).await?,
            None => None,
        };
        let same = stored.as_ref().is_some_and(|row| {
            let for_the_same = row.set() == thing.visibility
                && row.audience == visibility.audience(row.seminar_id.unwrap_or(row.id)).to_string();
            row.digest == digest && row.parent_id == parent && row.example == self.example && for_the_same
        });
        let (id, act) = match &stored {
            Some(row) => (row.id, Act::Updated),
            None => (self.insert(thing, seminar, parent).await?, Act::Created),
        };
        self.ids.insert((thing.kind, seminar.filter(|_| thing.kind.is_local()), thing.slug.clone()), id);
        self.formerly(id, thing).await?;
        if same {
            return Ok((id, false));
        }
        let home = seminar.unwrap_or(id);
        let before = match &stored {
            Some(row) => self.clear(row, thing).await?,
            None => Vec::new(),
        };
        thing::Entity::update(thing::ActiveModel {
            id: Set(id),
            kind: Set(thing.kind.code().to_owned()),
            slug: Set(thing.slug.clone()),
            seminar_id: Set(seminar),
            parent_id: Set(parent),
            audience: Set(visibility.audience(home).to_string()),
            visibility: Set(thing.visibility.map(|visibility| visibility.code().to_owned())),
            example: Set(self.example),
            position: Set(thing.position),
            language: Set(thing.language.code().to_owned()),
            countries: Set(thing.countries.join(" ")),
            themes: Set(thing.themes.join(" ")),
            digest: Set(digest),
            changed_at: Set(self.at.as_millisecond()),
        })
        .exec(self.db)
        .await?;
        texts::entity::Entity::insert_many(texts::rows(id, &thing.texts, &before)?)
            .exec_without_returning(self.db)
            .await?;
        self.details(id, &thing.details).await?;
        self.changes.push((id, thing.kind, act));
        Ok((id, true))
    }

    /// A row with nothing in it yet but its address.
    async fn insert(&self, thing: &Written, seminar: Option<i64>, parent: Option<i64>) -> Result<i64, Failure> {
        let row = thing::ActiveModel {
            id: NotSet,
            kind: Set(thing.kind.code().to_owned()),
            slug: Set(thing.slug.clone()),
            seminar_id: Set(seminar),
            parent_id: Set(parent),
            // Nobody, until it is whole.
            audience: Set(String::new()),
            visibility: Set(None),
            example: Set(self.example),
            position: Set(thing.position),
            language: Set(thing.language.code().to_owned()),
            countries: Set(String::new()),
            themes: Set(String::new()),
            digest: Set(String::new()),
            changed_at: Set(self.at.as_millisecond()),
        };
        Ok(thing::Entity::insert(row).exec(self.db).await?.last_insert_id)
    }

    /// Takes away what hangs on a thing that is written anew, and returns its texts as they were.
    async fn clear(&self, row: &thing::Model, thing: &Written) -> Result<Vec<texts::entity::Model>, Failure> {
        let texts =
            texts::entity::Entity::find().filter(texts::entity::Column::ThingId.eq(row.id)).all(self.db).await?;
        let own = match thing.kind {
            Kind::Seminar => &["seminar"][..],
            Kind::Session => &["session"],
            Kind::Material => &["material", "file"],
            Kind::Practice => &["practice"],
            Kind::Challenge => &["challenge"],
            // What happened on it stays, and by whom.
            Kind::Board => &["board"],
            Kind::Recommendation => &["recommendation", "progress"],
            Kind::Person => &["person"],
            Kind::Organisation => &["organisation"],
            // Cells go with their topics.
            Kind::Comparison => &["comparison", "topic"],
            Kind::Term => &["term", "form"],
        };
        for table in ["text", "contribution"].iter().chain(own) {
            let delete = Query::delete().from_table(*table).and_where(Expr::col("thing_id").eq(row.id)).to_owned();
            self.db.execute(&delete).await?;
        }
        relation::Entity::delete_many().filter(relation::Column::FromId.eq(row.id)).exec(self.db).await?;
        Ok(texts)
    }

    /// Notes the name that a thing had, from which readers are led on.
    async fn formerly(&self, id: i64, thing: &Written) -> Result<(), Failure> {
        let Some(before) = &thing.formerly else { return Ok(()) };
        let noted = former::Entity::find()
            .filter(former::Column::ThingId.eq(id))
            .filter(former::Column::Slug.eq(before.as_str()));
        if noted.one(self.db).await?.is_none() {
            let old = former::ActiveModel { id: NotSet, thing_id: Set(id), slug: Set(before.clone()) };
            former::Entity::insert(old).exec_without_returning(self.db).await?;
        }
        Ok(())
    }

    async fn details(&self, id: i64, details: &Details) -> Result<(), Failure> {
        match details {
            Details::Seminar(details) => seminars::save(self.db, id, details).await,
            Details::Session(details) => sessions::save(self.db, id, details).await,
            Details::Material(details) => materials::save(self.db, id, details).await,
            Details::Practice(details) => practices::save(self.db, id, details).await,
            Details::Board(details) => boards::save(self.db, id, details).await,
            Details::Challenge(details) => challenges::save(self.db, id, details).await,
            Details::Recommendation(details) => recommendations::save(self.db, id, details).await,
            Details::Person(details) => people::save(self.db, id, details).await,
            Details::Organisation(details) => organisations::save(self.db, id, details).await,
            Details::Comparison(details) => comparisons::save(self.db, id, details).await,
            Details::Term(details) => glossary::save(self.db, id, details).await,
        }
    }

    async fn contributors(&mut self, id: i64, thing: &Written, audience: String) -> Result<(), Failure> {
        let mut rows = Vec::new();
        for (position, contributor) in (0..).zip(&thing.contributors) {
            let Some(person) = self.id(Kind::Person, &contributor.person, None).await? else { continue };
            rows.push((person, position, contributor));
        }
        let rows = rows.into_iter().map(|(person, position, contributor)| contribution::ActiveModel {
            id: NotSet,
            thing_id: Set(id),
            person_id: Set(person),
            role: Set(contributor.role.code().to_owned()),
            title: Set(contributor.title.clone()),
            position: Set(position),
            audience: Set(audience.clone()),
        });
        contribution::Entity::insert_many(rows).exec_without_returning(self.db).await?;
        Ok(())
    }

    /// What a thing says about others.
    async fn relations(&mut self, id: i64, thing: &Written, seminar: Option<i64>) -> Result<(), Failure> {
        for (position, related) in (0..).zip(&thing.relations) {
            let Some(other) = self.id(related.kind, &related.slug, seminar).await? else { continue };
            let row = relation::ActiveModel {
                id: NotSet,
                from_id: Set(id),
                to_id: Set(other),
                kind: Set(related.ring.code().to_owned()),
                position: Set(position),
            };
            relation::Entity::insert(row).exec_without_returning(self.db).await?;
            debug_assert!(related.ring != Ring::Of, "what a thing belongs to is its parent");
        }
        Ok(())
    }

    /// The id of a thing of this import or of the store.
    async fn id(&mut self, kind: Kind, slug: &str, seminar: Option<i64>) -> Result<Option<i64>, Failure> {
        let seminar = seminar.filter(|_| kind.is_local());
        let key = (kind, seminar, slug.to_owned());
        if let Some(id) = self.ids.get(&key) {
            return Ok(Some(*id));
        }
        let mut query =
            thing::Entity::find().filter(thing::Column::Kind.eq(kind.code())).filter(thing::Column::Slug.eq(slug));
        if let Some(seminar) = seminar {
            query = query.filter(thing::Column::SeminarId.eq(seminar));
        }
        let id = query.one(self.db).await?.map(|row| row.id);
        if let Some(id) = id {
            self.ids.insert(key, id);
        }
        Ok(id)
    }
}

/// Of everything that is written about a thing, and of what makes of it what is stored.
fn digest(thing: &Written, visibility: Visibility) -> Result<String, Failure> {
    let mut thing = Cow::Borrowed(thing);
    // That a translation is of the original as it is need not be written.
    for at in 1..thing.texts.len() {
        if thing.texts[at].translated_from.is_some() && thing.is_current(&thing.texts[at]) {
            thing.to_mut().texts[at].translated_from = None;
        }
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(&serde_json::to_vec(&thing)?);
    hasher.update(visibility.code().as_bytes());
    hasher.update(&markup::VERSION.to_le_bytes());
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}
