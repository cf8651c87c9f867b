//! Words by Fluent, from `locales/*.ftl`.
//!
//! Variables are not wrapped in isolates (U+2068, U+2069), because calendar programs show these as boxes. Words without
//! variables are formatted once.

use fluent_bundle::{FluentArgs, FluentValue};

use super::Language;
use super::book::Book;

macro_rules! words {
    ($($name:ident = $id:literal,)*) => {
        /// A message of `locales/en.ftl`, by its name there.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[expect(missing_docs, reason = "locales/en.ftl shows what each says")]
        pub enum Word { $($name,)* }

        impl Word {
            /// All, in the order of the files.
            pub const ALL: &'static [Word] = &[$(Word::$name,)*];

            /// Its name in the files.
            pub fn id(self) -> &'static str {
                match self { $(Word::$name => $id,)* }
            }

            /// The one of that name.
            pub fn find(id: &str) -> Option<Word> {
                match id { $($id => Some(Word::$name),)* _ => None }
            }
        }
    };
}

words! {
    Cancelled = "cancelled",
    Postponed = "postponed",
    Tentative = "tentative",
    Moved = "moved",
    Titled = "titled",
    AllDay = "all-day",
    DayOf = "day-of",
    FromTime = "from-time",
    UntilTime = "until-time",
    UntilDate = "until-date",
    SinceDate = "since-date",
    MovedFrom = "moved-from",
    TimeRange = "time-range",
    DateRange = "date-range",
    FromTo = "from-to",
    DateTime = "date-time",
    DateTimeShort = "date-time-short",
    LocalTimeEach = "local-time-each",
    LocalTime = "local-time",
    Today = "today",
    Tomorrow = "tomorrow",
    Yesterday = "yesterday",
    Online = "online",
    InCountry = "in-country",
    AllDates = "all-dates",
    FromDate = "from-date",
    TimesIn = "times-in",
    NothingFound = "nothing-found",
    NothingOn = "nothing-on",
    NothingFrom = "nothing-from",
    NothingBetween = "nothing-between",
    NothingIn = "nothing-in",
    AdviceWords = "advice-words",
    AdviceDays = "advice-days",
    AdviceNew = "advice-new",
    More = "more",
    MoreLimit = "more-limit",
    AllListsEach = "all-lists-each",
    MoreShort = "more-short",
    JoinLink = "join-link",
    FieldWhen = "field-when",
    FieldRepeats = "field-repeats",
    FieldNext = "field-next",
    FieldMovedFrom = "field-moved-from",
    FieldWhere = "field-where",
    FieldCoordinates = "field-coordinates",
    FieldAccess = "field-access",
    FieldNotes = "field-notes",
    FieldOnline = "field-online",
    FieldPlatform = "field-platform",
    FieldMeetingId = "field-meeting-id",
    FieldPasscode = "field-passcode",
    FieldPhone = "field-phone",
    FieldRegistration = "field-registration",
    FieldOrganizers = "field-organizers",
    FieldContact = "field-contact",
    FieldPage = "field-page",
    FieldTags = "field-tags",
    FieldLanguage = "field-language",
    FieldPartOf = "field-part-of",
    FieldHasPart = "field-has-part",
    FieldImage = "field-image",
    FieldSource = "field-source",
    EndAssumed = "end-assumed",
    IsMoved = "is-moved",
    IsCancelled = "is-cancelled",
    IsPostponed = "is-postponed",
    IsTentative = "is-tentative",
    DayAllDay = "day-all-day",
    WholeDays = "whole-days",
    ByEachClock = "by-each-clock",
    Days = "days",
    WholeDayEverywhere = "whole-day-everywhere",
    WholeDaysEverywhere = "whole-days-everywhere",
    BeginsFirst = "begins-first",
    EndsAtSea = "ends-at-sea",
    EndsOnLand = "ends-on-land",
    Join = "join",
    JoinBy = "join-by",
    MeetingId = "meeting-id",
    Passcode = "passcode",
    Phone = "phone",
    OnlineBy = "online-by",
    Registration = "registration",
    Accessibility = "accessibility",
    StepFree = "step-free",
    SignLanguage = "sign-language",
    Captions = "captions",
    HearingLoop = "hearing-loop",
    Childcare = "childcare",
    QuietSpace = "quiet-space",
    Named = "named",
    MovedFromDay = "moved-from-day",
    MovedFromZone = "moved-from-zone",
    MovedFromLocal = "moved-from-local",
    Clock = "clock",
    EachPlaceHours = "each-place-hours",
    EachPlace = "each-place",
    ForMembers = "for-members",
    DayNumber = "day-number",
    DayNumberBehind = "day-number-behind",
    DayToday = "day-today",
    OpenEnd = "open-end",
    OpenFrom = "open-from",
    ClockAtStart = "clock-at-start",
    RegisterLink = "register-link",
    FieldMilestones = "field-milestones",
    MilestoneWas = "milestone-was",
    MilestoneToday = "milestone-today",
    MilestoneIs = "milestone-is",
    FieldReviewBy = "field-review-by",
    ReviewOverdue = "review-overdue",
    LocalEvents = "local-events",
    Everywhere = "everywhere",
    InCountries = "in-countries",
    CountriesWithout = "countries-without",
    RepeatDays = "repeat-days",
    RepeatWeeks = "repeat-weeks",
    RepeatMonths = "repeat-months",
    RepeatYears = "repeat-years",
    RepeatDates = "repeat-dates",
    RepeatTimes = "repeat-times",
    MoreDates = "more-dates",
    MonthDay = "month-day",
    MonthLastDay = "month-last-day",
    NthWeekday = "nth-weekday",
    DigestChanges = "digest-changes",
    DigestOngoing = "digest-ongoing",
    DigestCancelled = "digest-cancelled",
    DigestPostponed = "digest-postponed",
    DigestMoved = "digest-moved",
    DigestRestored = "digest-restored",
    DigestNew = "digest-new",
    DigestChanged = "digest-changed",
    DigestPlace = "digest-place",
    DigestEnd = "digest-end",
    DigestConfirmed = "digest-confirmed",
    DigestUncertain = "digest-uncertain",
    DigestDates = "digest-dates",
    DigestRules = "digest-rules",
    DigestFromTo = "digest-from-to",
    DigestNotOn = "digest-not-on",
    DigestLocals = "digest-locals",
    OwnName = "own-name",
    SiteHome = "site-home",
    SiteAgenda = "site-agenda",
    SiteMonth = "site-month",
    SiteSubscribe = "site-subscribe",
    SiteSkip = "site-skip",
    SiteLanguages = "site-languages",
    SitePages = "site-pages",
    SiteComing = "site-coming",
    SiteWholeAgenda = "site-whole-agenda",
    SiteRedDays = "site-red-days",
    SiteKinds = "site-kinds",
    SiteCountries = "site-countries",
    SiteFeeds = "site-feeds",
    SiteSubscribeHow = "site-subscribe-how",
    SiteSubscribeOpen = "site-subscribe-open",
    SiteSubscribeMore = "site-subscribe-more",
    SiteSearch = "site-search",
    SiteShown = "site-shown",
    SiteShowAll = "site-show-all",
    SiteNoMatch = "site-no-match",
    SiteNoMatches = "site-no-matches",
    SitePast = "site-past",
    SiteMonths = "site-months",
    SiteEarlier = "site-earlier",
    SiteLater = "site-later",
    SiteThroughout = "site-throughout",
    SiteArchive = "site-archive",
    SiteMissing = "site-missing",
    SiteMissingWhy = "site-missing-why",
    SiteOwnTime = "site-own-time",
    SiteZone = "site-zone",
    KindProtest = "kind-protest",
    KindStrike = "kind-strike",
    KindForum = "kind-forum",
    KindActionDay = "kind-action-day",
    KindMeeting = "kind-meeting",
    KindConference = "kind-conference",
    KindVigil = "kind-vigil",
    KindOccupation = "kind-occupation",
    KindBoycott = "kind-boycott",
    KindCommemoration = "kind-commemoration",
    KindDeadline = "kind-deadline",
    SiteStale = "site-stale",
    EventEveryZone = "event-every-zone",
    EventMap = "event-map",
    EventAdd = "event-add",
    EventFile = "event-file",
    EventFeeds = "event-feeds",
    EventNext = "event-next",
    EventChanged = "event-changed",
    EventCancelled = "event-cancelled",
    EventPostponed = "event-postponed",
    EventTentative = "event-tentative",
    EventDeleted = "event-deleted",
    EventOver = "event-over",
    DaysBefore = "days-before",
    DaysAfter = "days-after",
    WhenOrder = "when-order",
    SubscribeLead = "subscribe-lead",
    SubscribeRelative = "subscribe-relative",
    SubscribeFeeds = "subscribe-feeds",
    SubscribeHow = "subscribe-how",
    SubscribeOpen = "subscribe-open",
    SubscribeThen = "subscribe-then",
    SubscribeRefresh = "subscribe-refresh",
    SubscribeGoogleSlow = "subscribe-google-slow",
    SubscribePrivacy = "subscribe-privacy",
    SubscribeFile = "subscribe-file",
    SubscribeIphone = "subscribe-iphone",
    SubscribeMac = "subscribe-mac",
    SubscribeAndroid = "subscribe-android",
    SubscribeGoogle = "subscribe-google",
    SubscribeOutlook = "subscribe-outlook",
    SubscribeOutlookClassic = "subscribe-outlook-classic",
    SubscribeThunderbird = "subscribe-thunderbird",
    SubscribeNextcloud = "subscribe-nextcloud",
    SubscribeTerminal = "subscribe-terminal",
    WholeDayThere = "whole-day-there",
    EventNotOn = "event-not-on",
    EventInsteadOf = "event-instead-of",
}

/// The value of a variable.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// Text, inserted unchanged.
    Text(&'a str),
    /// Decides about plurals, and is written in the digits of the language.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Arg::Number(number as i64)
    }
}

impl Language {
    /// A word without variables.
    pub fn word(self, word: Word) -> &'static str {
        let book = Book::of(self);
        book.fixed[word as usize].get_or_init(|| match book.say(word, None) {
            Some(text) => text.into(),
            None if self.words == 0 => word.id().into(),
            None => Language::ENGLISH.word(word).into(),
        })
    }

    /// A message with the values of its variables.
    pub fn say(self, word: Word, args: &[(&str, Arg<'_>)]) -> String {
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            match *arg {
                Arg::Text(text) => filled.set(*name, FluentValue::from(text)),
                Arg::Number(number) => filled.set(*name, FluentValue::from(number)),
            }
        }
        Book::of(self)
            .say(word, Some(&filled))
            .or_else(|| Book::of(Language::ENGLISH).say(word, Some(&filled)))
            .unwrap_or_default()
    }

    /// What the language calls itself.
    pub fn own_name(self) -> &'static str {
        self.word(Word::OwnName)
    }

    /// The name of a built-in kind; `None` for others.
    pub fn kind(self, name: &str) -> Option<&'static str> {
        let kinds = &Word::ALL[Word::KindProtest as usize..];
        let word = kinds.iter().find(|word| word.id().strip_prefix("kind-") == Some(name))?;
        Some(self.word(*word))
    }
}

#[cfg(test)]
mod tests;
