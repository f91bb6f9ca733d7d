//! Looking for a part of a text: what is written is found, what is gone is not, and nothing in the text has a meaning.

use super::listing::{ids, pages, part};
use super::{NOW, add, insert};
use crate::support::change;
use asmxd::domain::ids::UserId;
use asmxd::domain::user::User;
use asmxd::store::Store;

pub fn a_part_of_a_text_is_found_after_every_change_of_it(store: &dyn Store) {
    let found = |text: &str| ids(&pages(store, &part(text)));
    // Some of them are in the search index by now, others are not.
    let people: Vec<UserId> = (0..300).map(|number| add(store, &format!("somebody {number}"))).collect();
    for id in [people[0], people[253], people[254], people[255], people[299]] {
        let renamed = |display_name: &str, email: &str| {
            let (display_name, email) = (display_name.to_owned(), email.to_owned());
            change(store, move |tx| {
                let user = tx.user(id)?.unwrap();
                tx.update_user(&user, &User { display_name: display_name.clone(), email: email.clone(), ..(*user).clone() })
            })
            .unwrap();
        };
        renamed("Quentin Vow", "");
        assert_eq!((found("quentin"), found("TIN V"), found("quentin, ")), (vec![id.0], vec![id.0], vec![]));
        renamed("", "Quasi@example.org");
        assert_eq!((found("quentin"), found("uasi@EXAMPLE.org")), (vec![], vec![id.0]));
        change(store, move |tx| tx.note_login(id, NOW)).unwrap();
        assert_eq!(found("uasi@"), [id.0]);
        change(store, move |tx| tx.delete_user(id)).unwrap();
        assert!(found("uasi@").is_empty());
    }
    assert_eq!(found("body 1, displayed"), [people[1].0]);
    let more =
        change(store, |tx| (300..520).map(|number| insert(tx, &format!("somebody {number}"))).collect::<Result<Vec<_>, _>>());
    assert_eq!(found("somebody").len(), 515);
    assert_eq!(found("body 510, "), [more.unwrap()[210].0]);
    assert_eq!(found("body 299").len() + found("uentin").len(), 0, "what is gone");
}

pub fn what_is_looked_for_is_plain_text(store: &dyn Store) {
    let names = [
        "a\"b\"c",
        "say AND say",
        "x* y*",
        "NOT keys:ann",
        "100%_sure",
        "^(x + y)",
        "Stra\u{df}e 7",
        "日本語の人",
        "\u{130}stanbul",
    ];
    let people: Vec<UserId> = names.iter().map(|name| add(store, name)).collect();
    let rows = [
        ("a\"b", 0),
        ("\"b\"c", 0),
        ("y AND s", 1),
        ("x* y", 2),
        ("NOT keys:", 3),
        ("0%_s", 4),
        ("^(x + y)", 5),
        ("STRASSE", 6),
        ("本語の", 7),
        ("i\u{307}stan", 8),
    ];
    let nothing = ["sayxsay", "keys:zzz", "a*c", "___", "%%%", "1\n1", "a\0b", "\"\"\"", "' '", "ann OR 100", "displayed\nsay"];
    // First nobody is in the search index, then they are or soon will be.
    for fillers in [0, 260] {
        change(store, move |tx| (0..fillers).try_for_each(|number| insert(tx, &format!("filler {number}")).map(drop))).unwrap();
        for (text, whose) in rows {
            assert_eq!(ids(&pages(store, &part(text))), [people[whose].0], "{text:?}");
        }
        for text in nothing {
            assert!(pages(store, &part(text)).is_empty(), "{text:?}");
        }
    }
}
