use super::cache::KEPT;
use super::*;

fn read(path: &str, query: &str) -> String {
    match Query::read(path, query).expect("it is made") {
        Ok(query) => format!("{query:?}"),
        Err(error) => sentence(&error),
    }
}

#[test]
fn the_order_of_words_means_nothing() {
    let read = |query| read("feeds/custom.ics", query);
    assert_eq!(read("kind=forum&kind=strike&country=GR"), read("country=GR&kind=strike&kind=forum&kind=forum"));
    assert_ne!(read("kind=forum"), read("kind=%21forum"));
    assert_eq!(read("online"), read("online=true"));
    assert_eq!(read("online=no"), read(""));
}

#[test]
fn mistakes_are_named() {
    for (path, query, said) in [
        ("feeds/custom.ics", "knid=forum", "no key is called `knid`\ndid you mean kind?"),
        ("feeds/custom.ics", "from=today", "no key is called `from`"),
        ("feeds/custom.ics", "kind=", "kind: there is no value"),
        ("feeds/custom.ics", "feed=a&feed=b", "feed is given twice"),
        ("feeds/custom.ics", "online=perhaps", "neither true nor false"),
        ("api/agenda.json", "days=many", "not a number"),
        ("api/agenda.json", "to=friday&days=3", "in two ways"),
        ("api/agenda.json", "members=true", "no key is called `members`"),
        ("feeds/custom.ics", "%1b%5b31m=1", "\\u{1b}"),
        ("feeds/custom.ics", &"tag=a&".repeat(65), "at most 64 words"),
        ("api/agenda.json", &"timezone=Lima&".repeat(65), "at most 64 words"),
    ] {
        assert!(read(path, query).contains(said), "{query}: {}", read(path, query));
    }
    assert!(Query::read("feeds/all.ics", "").is_none());
}

#[test]
fn few_answers_are_kept() {
    let answers = Answers::default();
    let at = DateTime::UNIX_EPOCH;
    let key = |n: usize| (feed(&format!("tag={n}"), FeedForm::Ics).expect("a query"), at);
    let resource = Arc::new(Resource::new("feeds/custom.ics", "text/calendar", Bytes::from_static(b"x"), None, at));
    for n in 0..KEPT.0 {
        answers.put(key(n), Arc::clone(&resource));
    }
    assert!(answers.get(&key(0)).is_some());
    answers.put(key(KEPT.0), resource);
    assert!(answers.get(&key(0)).is_some() && answers.get(&key(1)).is_none());
    let large = Bytes::from(vec![0; KEPT.1]);
    answers.put(key(999), Arc::new(Resource::new("feeds/custom.ics", "text/calendar", large, None, at)));
    assert!(answers.get(&key(999)).is_some() && answers.get(&key(0)).is_none());
}
