//! The codes of `redletter lint`: what is known to break in which client, with public evidence. A row each, in
//! `feed_code/rows.rs`.

use super::Severity;

/// A client, or a family of them, that people read feeds with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Client {
    /// Google Calendar.
    Google,
    /// Calendar of macOS and iOS.
    Apple,
    /// Outlook, its web pages, and Exchange.
    Outlook,
    /// Thunderbird, and others that use ical.js.
    Thunderbird,
    /// Nextcloud, ownCloud, Baïkal and others that use sabre/dav.
    Nextcloud,
    /// DAVx⁵, ICSx⁵, Etar and the calendar of Android.
    Android,
    /// Evolution, GNOME Calendar and others that use libical.
    Evolution,
    /// khal.
    Khal,
    /// vdirsyncer.
    Vdirsyncer,
    /// calcurse.
    Calcurse,
    /// Home Assistant.
    HomeAssistant,
    /// Proton Calendar.
    Proton,
}

impl Client {
    /// All of them.
    pub const ALL: [Client; 12] = [
        Client::Google,
        Client::Apple,
        Client::Outlook,
        Client::Thunderbird,
        Client::Nextcloud,
        Client::Android,
        Client::Evolution,
        Client::Khal,
        Client::Vdirsyncer,
        Client::Calcurse,
        Client::HomeAssistant,
        Client::Proton,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Client::Google => "google",
            Client::Apple => "apple",
            Client::Outlook => "outlook",
            Client::Thunderbird => "thunderbird",
            Client::Nextcloud => "nextcloud",
            Client::Android => "android",
            Client::Evolution => "evolution",
            Client::Khal => "khal",
            Client::Vdirsyncer => "vdirsyncer",
            Client::Calcurse => "calcurse",
            Client::HomeAssistant => "home-assistant",
            Client::Proton => "proton",
        }
    }

    /// The client of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Client::ALL.into_iter().find(|client| client.name() == name)
    }

    /// Its name in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Client::Google => "Google",
            Client::Apple => "Apple",
            Client::Outlook => "Outlook",
            Client::Thunderbird => "Thunderbird",
            Client::Nextcloud => "Nextcloud",
            Client::Android => "Android",
            Client::Evolution => "Evolution",
            Client::Khal => "khal",
            Client::Vdirsyncer => "vdirsyncer",
            Client::Calcurse => "calcurse",
            Client::HomeAssistant => "Home Assistant",
            Client::Proton => "Proton",
        }
    }
}

/// A row of the table.
struct Row {
    name: &'static str,
    severity: Severity,
    clients: &'static [Client],
    breaks: &'static str,
    meaning: &'static str,
    wrong: &'static str,
    right: &'static str,
    links: &'static [&'static str],
}

macro_rules! feed_codes {
    ($($variant:ident $name:literal $severity:ident [$($client:ident)*] $breaks:literal $meaning:literal
        $wrong:literal => $right:literal [$($link:literal),*])*) => {
        /// The code of a problem of a feed.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum FeedCode {
            $(#[doc = $meaning] $variant,)*
        }

        impl FeedCode {
            /// All codes, in the order of the table.
            pub const ALL: &[FeedCode] = &[$(FeedCode::$variant),*];

            pub(super) fn row(self) -> Row {
                match self {
                    $(FeedCode::$variant => Row {
                        name: $name,
                        severity: Severity::$severity,
                        clients: &[$(Client::$client),*],
                        breaks: $breaks,
                        meaning: $meaning,
                        wrong: $wrong,
                        right: $right,
                        links: &[$($link),*],
                    },)*
                }
            }
        }
    };
}

mod rows;

pub use rows::FeedCode;

impl FeedCode {
    /// As printed: `ics-floating`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        self.row().severity
    }

    /// The clients that are known to break; empty where any may.
    pub fn clients(self) -> &'static [Client] {
        self.row().clients
    }

    /// What its readers see.
    pub fn breaks(self) -> &'static str {
        self.row().breaks
    }

    /// What it means, a few sentences.
    pub fn meaning(self) -> &'static str {
        self.row().meaning
    }

    /// Lines that are wrong in this way, and the ones to write instead.
    pub fn example(self) -> (&'static str, &'static str) {
        let row = self.row();
        (row.wrong, row.right)
    }

    /// The section of the standard, and public reports.
    pub fn links(self) -> &'static [&'static str] {
        self.row().links
    }

    /// The clients in a sentence: `Google, Outlook`; empty where any may break.
    pub fn client_list(self) -> String {
        self.clients().iter().map(|client| client.title()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_complete_and_has_its_own_name() {
        for (index, code) in FeedCode::ALL.iter().enumerate() {
            let name = code.name();
            assert!(name.starts_with("ics-"), "{name}");
            assert!(name.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase()), "{name}");
            assert!(FeedCode::ALL[..index].iter().all(|other| other.name() != name), "{name} twice");
            assert!(!code.links().is_empty(), "{name} has no evidence");
            assert!(code.links().iter().all(|link| link.starts_with("https://")), "{name}");
            assert!(code.breaks().ends_with('.') && code.meaning().ends_with('.'), "{name}");
        }
        for client in Client::ALL {
            assert_eq!(Client::from_name(client.name()), Some(client));
        }
    }
}
