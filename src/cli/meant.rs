//! Suggests a verb for a word that is not one, by its meaning.

/// What to say about a word that people try as a verb.
pub(super) fn help(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    Some(match &*lower {
        "add" | "create" => "`redletter new KIND TITLE --start …` writes a record",
        "edit" | "change" | "modify" | "rename" => {
            "edit the record's file, `redletter search WORDS` names it; for a new time or status there are `redletter move`, \
             `cancel`, `postpone` and `confirm`"
        }
        "delete" | "remove" | "rm" | "del" => {
            "`redletter cancel ID` cancels an event: subscribers see that it is off. Delete the file of an event that should \
             not have been published; feeds then show it as cancelled until 30 days after its date"
        }
        "reschedule" | "delay" | "shift" => {
            "`redletter move ID --to TIME`, or `redletter postpone ID` without a new date"
        }
        "validate" | "lint" | "test" | "verify" => "`redletter check` reports every mistake",
        "export" | "ics" | "ical" | "icalendar" | "subscribe" | "feeds" => {
            "`redletter feed NAME` writes an iCalendar feed, and `redletter build` all of them with the site"
        }
        "import" => {
            "redletter cannot import calendars yet: write a record for each event with `redletter new`, or a sheet of places \
             with `locals = \"places.csv\"`"
        }
        "publish" | "deploy" | "generate" | "site" => {
            "`redletter build` writes the site to public/, for any web server"
        }
        "server" | "preview" | "dev" | "watch" | "run" | "open" => "`redletter serve -O` opens the site in a browser",
        "ls" | "events" | "upcoming" | "today" | "tomorrow" | "week" => {
            "`redletter agenda` lists the next 30 days, `redletter agenda this week` a week"
        }
        "cal" | "calendar" | "grid" => "`redletter month` shows a month",
        "find" | "grep" | "query" => "`redletter search WORDS` finds events",
        "view" | "info" | "get" | "details" => "`redletter show ID` shows an event",
        "convert" | "time" | "tz" | "clock" => "`redletter when TIME -t ZONE` converts a time",
        "timezones" | "timezone" | "zone" => "`redletter zones WORDS` finds time zones",
        "poster" | "post" | "share" => "`redletter announce ID` writes the time for posters and posts",
        "newsletter" | "news" | "changes" => "`redletter digest` writes a newsletter",
        "format" | "tidy" => "`redletter fmt` formats records",
        "update" | "sync" | "commit" => "`redletter lock` records changes for subscribers",
        "setup" | "start" | "begin" => "`redletter init my-calendar` starts a calendar",
        "version" => "`redletter --version` prints the version",
        "uncancel" | "restore" | "undo" => "`redletter confirm ID` confirms a cancelled event",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::help;

    #[test]
    fn words_are_understood_by_their_meaning() {
        for (word, verb) in
            [("delete", "cancel"), ("Add", "new"), ("validate", "check"), ("ics", "feed"), ("ls", "agenda")]
        {
            assert!(help(word).is_some_and(|help| help.contains(verb)), "{word}");
        }
        assert_eq!(help("agenda"), None);
    }
}
