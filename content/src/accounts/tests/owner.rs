//! Whose a session is: what one statement says of it is what is known of its owner otherwise.

use super::*;
use crate::{
    authors::author,
    gate::Somebody,
    seats::{self, entity as seat},
    seminars,
};
use sea_orm::{ActiveValue::Set, EntityTrait, NotSet};

/// A seat in a seminar, of an account or of nobody who has one.
async fn seated_in(test: &TestStore, seminar: i64, account: Option<i64>, delegation: Option<&str>) -> i64 {
    let row = seat::ActiveModel {
        id: NotSet,
        seminar_id: Set(seminar),
        account_id: Set(account),
        name: Set("Ion \"the\" Rusu".into()),
        folded: Set(format!("ion {seminar} {account:?} {delegation:?}")),
        part: Set(if delegation.is_some() { Part::Participant } else { Part::Expert }.code().into()),
        delegation: Set(delegation.map(str::to_owned)),
        code: Set(account.is_none().then(|| Token::new().reveal().to_owned())),
        stamp: Set(Token::new().reveal().to_owned()),
        created_at: Set(0),
        rehearsed: Set(false),
    };
    seat::Entity::insert(row).exec(test.store.write()).await.expect("a seat").last_insert_id
}

async fn begun(test: &TestStore, key: &str, who: Who) {
    let expires_at = later(1).as_millisecond();
    let kept = Kept { key, who: Some(who), data: "{}".into(), device: "", rights: Some("before"), expires_at };
    begin_sign_in(&test.store, kept, now()).await.expect("kept");
}

async fn owner(test: &TestStore, key: &str) -> Option<(Somebody, String)> {
    sign_in_data(&test.store, key, now()).await.expect("read").expect("a session").owner
}

#[tokio::test]
async fn a_session_says_of_its_owner_what_is_known_of_them() {
    each(async |test| {
        let tries = Tries::default();
        let (ana, administrator) = set_up_by_ana(test, &tries).await;
        let mut ids = Vec::new();
        for slug in ["one", "other"] {
            imported(test, slug, &[("seminar.md".to_owned(), seminar("One", "public"))]).await;
            let found = seminars::listed(&test.store, &administrator, english(), slug).await.expect("answered");
            ids.push(found.expect("imported").id.id());
        }
        let made = make(&test.store, &administrator, ("Ion", "ion@example.org"), Platform::Member, now()).await;
        let ion = made.expect("answered").expect("made");
        begun(test, "ana", Who::Account(account_of(&ana))).await;
        begun(test, "ion", Who::Account(ion)).await;
        let known = async |account| somebody(&test.store, account).await.expect("answered");
        let (of_ana, nothing) = (owner(test, "ana").await, owner(test, "ion").await);
        assert_eq!(of_ana, known(account_of(&ana)).await);
        assert_eq!(nothing, known(ion).await);
        let (bare, _) = nothing.expect("Ion");
        assert!(bare.parts.is_empty() && bare.writes == Some(Vec::new()), "no seat, and writes nothing: {bare:?}");

        seated_in(test, ids[0], Some(ion), None).await;
        seated_in(test, ids[1], Some(ion), Some("MD")).await;
        let writes = author::ActiveModel { thing_id: Set(ids[0]), account_id: Set(ion) };
        author::Entity::insert(writes).exec_without_returning(test.store.write()).await.expect("an author");
        let (somebody, stamp) = owner(test, "ion").await.expect("Ion");
        assert_eq!(Some((somebody.clone(), stamp)), known(ion).await);
        assert_eq!((somebody.parts.len(), somebody.writes), (2, Some(vec![ids[0]])));
        assert_eq!(somebody.delegations, [(ids[1], "MD".to_owned())]);

        // A seat is its own owner until it is an account's.
        let free = seated_in(test, ids[0], None, Some("AL")).await;
        begun(test, "free", Who::Seat(free)).await;
        let (guest, _) = owner(test, "free").await.expect("a guest");
        assert_eq!(
            Some(&guest),
            seats::seated(&test.store, free).await.expect("answered").as_ref().map(|(who, _)| who)
        );
        assert_eq!((guest.name.as_str(), guest.platform, guest.writes), ("Ion \"the\" Rusu", None, None));
        let taken = seat::ActiveModel { id: Set(free), account_id: Set(Some(account_of(&ana))), ..Default::default() };
        seat::Entity::update(taken).exec(test.store.write()).await.expect("taken");
        assert_eq!(owner(test, "free").await, None, "it is claimed");

        // By its new number and by the one of before; who has no access any more owns nothing.
        assert!(renew_sign_in(&test.store, ("ion", "ion again"), "other", now()).await.expect("renewed"));
        assert_eq!(owner(test, "ion").await, known(ion).await);
        assert_eq!(owner(test, "ion again").await, known(ion).await);
        assert_eq!(sign_in_data(&test.store, "ion", now()).await.expect("read"), None, "the new one was shown");
        let change = entity::ActiveModel { id: Set(ion), disabled_at: Set(Some(1)), ..Default::default() };
        entity::Entity::update(change).exec(test.store.write()).await.expect("disabled");
        assert_eq!((owner(test, "ion again").await, known(ion).await), (None, None));
    })
    .await;
}
