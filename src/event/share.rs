//! Who may see how to join an event.
//!
//! [`Online`] has the public part. The rest is in [`Withheld`], which has private fields and an empty `Debug`, and is
//! accessible only with [`Audience::Members`]. Code that does not handle audiences can therefore only show the public
//! part.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::Online;

/// `online.share`: which part of `online` is public.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Share {
    /// All of it.
    #[default]
    Public,
    /// The page where one registers, and the platform.
    Registered,
    /// That there is something to join, and nothing else.
    Members,
}

impl Share {
    /// All, in the order of the record format.
    pub const ALL: [Share; 3] = [Share::Public, Share::Registered, Share::Members];

    /// The name in records and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Share::Public => "public",
            Share::Registered => "registered",
            Share::Members => "members",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Share::ALL.into_iter().find(|share| share.name() == name)
    }
}

/// For whose eyes an output is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Audience {
    /// Everybody's.
    #[default]
    Public,
    /// Members, who see withheld values too.
    Members,
}

/// The part of `online` that is not public.
#[derive(Clone, PartialEq, Eq)]
pub struct Withheld {
    share: Share,
    /// All of `online`, as members see it.
    whole: Online,
}

/// That something is withheld counts, and nothing of it: digests of it could be tried out.
impl Hash for Withheld {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// Prints that something is withheld, and nothing of it.
impl fmt::Debug for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Withheld")
    }
}

impl Withheld {
    /// All of it for members; nothing for the public.
    pub fn open(&self, audience: Audience) -> Option<&Online> {
        match audience {
            Audience::Public => None,
            Audience::Members => Some(&self.whole),
        }
    }
}

impl Online {
    /// What the public may see of `whole`, with what it may not put away.
    #[must_use]
    pub fn shared(whole: Online, share: Share) -> Self {
        // Without `..`: a new field is withheld or shown by decision.
        let Online { url: _, platform, meeting_id: _, passcode: _, phone: _, registration, withheld: _ } = &whole;
        let shown = match share {
            Share::Public => return whole,
            Share::Registered => {
                Online { platform: platform.clone(), registration: registration.clone(), ..Online::default() }
            }
            Share::Members => Online::default(),
        };
        Online { withheld: Some(Box::new(Withheld { share, whole })), ..shown }
    }

    /// How much of it is public.
    pub fn share(&self) -> Share {
        self.withheld.as_deref().map_or(Share::Public, |withheld| withheld.share)
    }

    /// What `audience` may see of it.
    pub fn seen_by(&self, audience: Audience) -> &Online {
        self.withheld.as_deref().and_then(|withheld| withheld.open(audience)).unwrap_or(self)
    }

    /// Whether only members get to know how one joins, and this is not theirs to see.
    pub fn is_for_members(&self) -> bool {
        self.share() == Share::Members
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Online {
        Online {
            url: Some("https://zoom.example/j/85835549492".into()),
            platform: Some("Zoom".into()),
            meeting_id: Some("858 3554 9492".into()),
            passcode: Some("191837".into()),
            phone: Some("+1 555 0100".into()),
            registration: Some("https://example.org/register".into()),
            withheld: None,
        }
    }

    #[test]
    fn each_share_shows_its_part_and_members_see_all() {
        assert_eq!(Online::shared(whole(), Share::Public), whole());
        let registered = Online::shared(whole(), Share::Registered);
        let Online { url, platform, meeting_id, passcode, phone, registration, withheld: _ } = &registered;
        assert_eq!([url, meeting_id, passcode, phone], [&None, &None, &None, &None]);
        assert!(platform.is_some() && registration.is_some() && !registered.is_for_members());
        let members = Online::shared(whole(), Share::Members);
        assert!(members.is_for_members());
        assert_eq!(Online { withheld: None, ..members.clone() }, Online::default());
        for online in [registered, members] {
            assert_eq!(online.seen_by(Audience::Members), &whole());
            assert_eq!(online.seen_by(Audience::Public), &online);
        }
    }

    #[test]
    fn debug_prints_nothing_withheld() {
        let shown = format!("{:?}", Online::shared(whole(), Share::Members));
        for secret in ["zoom", "Zoom", "858", "191837", "555", "register"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
