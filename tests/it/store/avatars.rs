//! Uploaded pictures: kept byte for byte, one a person, found by person and by name, and gone with their person.

use super::{NOW, add, stored};
use crate::support::{change, picture};
use asmxd::domain::ids::UserId;
use asmxd::domain::picture::Format;
use asmxd::domain::time::Instant;
use asmxd::domain::user::User;
use asmxd::store::Store;

fn put(store: &dyn Store, user: UserId, shade: u8, now: Instant) -> String {
    let picture = picture(Format::Png, shade);
    let name = picture.name();
    change(store, move |tx| tx.put_avatar(user, &picture, now)).unwrap();
    name
}

fn is_found(store: &dyn Store, name: &str) -> bool {
    store.view(|read| read.avatar_by_name(name)).unwrap().is_some()
}

pub fn a_picture_is_read_as_it_was_put_and_the_next_one_takes_its_place(store: &dyn Store) {
    let id = add(store, "somebody");
    let nothing = store.view(|read| Ok((read.avatar(id)?, read.user(id)?.unwrap().avatar.clone())));
    assert_eq!(nothing, Ok((None, None)));
    let first = put(store, id, 1, Instant(7));
    let second = put(store, id, 2, NOW);
    assert_ne!(first, second);
    assert!(!is_found(store, &first), "the one before is gone");
    let kept = store.view(|read| read.avatar(id)).unwrap().unwrap();
    assert_eq!((kept.name.as_str(), kept.format, kept.uploaded_at), (second.as_str(), Format::Png, NOW));
    assert_eq!(kept.bytes, picture(Format::Png, 2).bytes());
    assert_eq!(store.view(|read| read.avatar_by_name(&second)).unwrap(), Some(kept));
    let user = stored(store, id).unwrap();
    assert_eq!(user.avatar, Some(second));
    change(store, move |tx| tx.update_user(&user, &User { avatar: None, ..user.clone() })).unwrap();
    assert!(stored(store, id).unwrap().avatar.is_some(), "a person's own row does not tell of it");
}

pub fn people_with_the_same_picture_share_its_name_and_each_has_it_still_when_the_other_removes_it(store: &dyn Store) {
    let people = [add(store, "first"), add(store, "second")];
    let names = people.map(|user| put(store, user, 1, NOW));
    assert_eq!(names[0], names[1]);
    for user in people {
        assert!(is_found(store, &names[0]));
        change(store, move |tx| tx.delete_avatar(user)).unwrap();
        assert_eq!(stored(store, user).unwrap().avatar, None);
    }
    assert!(!is_found(store, &names[0]));
    change(store, move |tx| tx.delete_avatar(people[0])).unwrap();
}

pub fn a_picture_is_gone_with_its_person_and_nobody_else_gets_one(store: &dyn Store) {
    let (gone, kept) = (add(store, "gone"), add(store, "kept"));
    let (of_gone, of_kept) = (put(store, gone, 1, NOW), put(store, kept, 2, NOW));
    change(store, move |tx| tx.delete_user(gone)).unwrap();
    assert!(!is_found(store, &of_gone) && is_found(store, &of_kept));
    assert_eq!(store.view(|read| read.avatar(gone)), Ok(None));
    let nobody = picture(Format::Png, 3);
    assert!(change(store, move |tx| tx.put_avatar(gone, &nobody, NOW)).is_err(), "nobody has this id any more");
    assert_eq!(stored(store, add(store, "gone")).unwrap().avatar, None);
}
