//! Location, online access and organizers of an event.

use std::hash::{Hash, Hasher};

use super::Withheld;

/// A place. At least one of its fields says something.
#[derive(Clone, PartialEq, Debug, Default, Hash)]
pub struct Location {
    /// Name of the place.
    pub name: Option<Box<str>>,
    /// Street and number.
    pub address: Option<Box<str>>,
    /// City.
    pub city: Option<Box<str>>,
    /// State, province, region.
    pub region: Option<Box<str>>,
    /// Country.
    pub country: Option<Country>,
    /// Where on Earth.
    pub position: Option<Position>,
    /// What makes it accessible, in the order of [`Accessibility::ALL`].
    pub accessibility: Box<[Accessibility]>,
    /// How to find it, and the like.
    pub notes: Option<Box<str>>,
}

impl Location {
    /// Name, address, city, region and country in one line, for LOCATION of RFC 5545 3.8.1.7.
    pub fn one_line(&self) -> String {
        let mut line = String::new();
        self.push_line(&mut line);
        line
    }

    /// Appends [`Location::one_line`] to `out`; nothing for an empty location.
    pub fn push_line(&self, out: &mut String) {
        self.push_with(self.country.map(Country::name), out);
    }

    /// The same with another name for the country.
    pub fn push_with(&self, country: Option<&str>, out: &mut String) {
        let Location { name, address, city, region, .. } = self;
        let begin = out.len();
        for part in
            [name.as_deref(), address.as_deref(), city.as_deref(), region.as_deref(), country].into_iter().flatten()
        {
            if out.len() > begin {
                out.push_str(", ");
            }
            out.push_str(part);
        }
    }
}

/// Degrees by WGS 84.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Position {
    /// −90 to 90.
    pub lat: f64,
    /// −180 to 180.
    pub lon: f64,
}

impl Hash for Position {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Position { lat, lon } = self;
        [lat, lon].map(|degrees| degrees.to_bits()).hash(state);
    }
}

/// A country of ISO 3166-1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Country([u8; 2]);

impl Country {
    /// The country of an assigned alpha-2 code in capitals.
    pub fn from_code(code: &str) -> Option<Self> {
        crate::zone::country::name(code)?;
        Some(Country(code.as_bytes().try_into().ok()?))
    }

    /// The alpha-2 code.
    pub fn code(&self) -> &str {
        // Only `from_code` makes one, from two capital letters.
        std::str::from_utf8(&self.0).expect("a country code is ASCII")
    }

    /// The short English name.
    pub fn name(self) -> &'static str {
        crate::zone::country::name(self.code()).expect("a country has a name")
    }
}

/// Ways in which a place or a forum is accessible.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Accessibility {
    /// No steps on the way in.
    StepFree,
    /// Sign language interpretation.
    SignLanguage,
    /// Captions.
    Captions,
    /// A hearing loop.
    HearingLoop,
    /// Childcare.
    Childcare,
    /// A quiet space.
    QuietSpace,
}

impl Accessibility {
    /// All, in the order of the record format.
    pub const ALL: [Accessibility; 6] = [
        Accessibility::StepFree,
        Accessibility::SignLanguage,
        Accessibility::Captions,
        Accessibility::HearingLoop,
        Accessibility::Childcare,
        Accessibility::QuietSpace,
    ];

    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Accessibility::StepFree => "step-free",
            Accessibility::SignLanguage => "sign-language",
            Accessibility::Captions => "captions",
            Accessibility::HearingLoop => "hearing-loop",
            Accessibility::Childcare => "childcare",
            Accessibility::QuietSpace => "quiet-space",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Accessibility::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// How to join an event online. At least one field is set, unless all of them are for members only.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Online {
    /// Join link; http or https.
    pub url: Option<Box<str>>,
    /// Zoom, Jitsi, …
    pub platform: Option<Box<str>>,
    /// As printed: `858 3554 9492`.
    pub meeting_id: Option<Box<str>>,
    /// As printed.
    pub passcode: Option<Box<str>>,
    /// Dial-in number.
    pub phone: Option<Box<str>>,
    /// Where one registers; http or https.
    pub registration: Option<Box<str>>,
    /// What everybody may not see.
    pub withheld: Option<Box<Withheld>>,
}

/// An organizer of an event.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Organizer {
    /// Name of the group or person.
    pub name: Box<str>,
    /// Page; http or https.
    pub url: Option<Box<str>>,
    /// Public address.
    pub email: Option<Box<str>>,
}

/// A picture.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Image {
    /// http or https.
    pub url: Box<str>,
    /// What it shows.
    pub alt: Option<Box<str>>,
}
