//! What of an address admits somebody: all of it, and the names, ids and keys that are enough by themselves.

use super::decode::decoded;
use super::fold::folded;
use super::needle::{Form, LONG, LONG_NUMBER};

/// Hosts, or beginnings and ends of hosts, whose paths name a room, a group or a document.
const HOSTS: [&str; 40] = [
    "meet.google.com",
    "meet.jit.si",
    "meet.",
    "jitsi.",
    ".jitsi.",
    "talk.",
    "framatalk.org",
    "8x8.vc",
    "zoom.us",
    "zoom.com",
    "zoomgov.com",
    "zoom.",
    "teams.microsoft.com",
    "teams.live.com",
    "whereby.com",
    "webex.com",
    "signal.group",
    "signal.me",
    "discord.gg",
    "discord.com",
    "t.me",
    "telegram.me",
    "telegram.dog",
    "chat.whatsapp.com",
    "call.whatsapp.com",
    "cryptpad.",
    "framapad.org",
    "pad.",
    "bbb.",
    "bigbluebutton.",
    "senfcall.de",
    "fairmeeting.net",
    "gotomeet.me",
    "meet.goto.com",
    "join.skype.com",
    "matrix.to",
    "kmeet.infomaniak.com",
    "vdo.ninja",
    "conf.",
    "webconf.",
];

/// Words of `platform` that say the same of any host.
const PLATFORMS: [&str; 22] = [
    "jitsi",
    "bigbluebutton",
    "bbb",
    "zoom",
    "meet",
    "teams",
    "signal",
    "discord",
    "telegram",
    "whatsapp",
    "cryptpad",
    "framatalk",
    "whereby",
    "webex",
    "nextcloud",
    "matrix",
    "element",
    "mumble",
    "skype",
    "gotomeeting",
    "senfcall",
    "galene",
];

/// Path segments that only name what follows, and admit no one by themselves.
const ORDINARY_SEGMENTS: [&str; 69] = [
    "join",
    "meet",
    "meeting",
    "meetings",
    "room",
    "rooms",
    "invite",
    "joinchat",
    "channel",
    "channels",
    "call",
    "calls",
    "conference",
    "conferences",
    "conf",
    "webinar",
    "webinars",
    "register",
    "registration",
    "launch",
    "lobby",
    "pad",
    "edit",
    "view",
    "embed",
    "code",
    "sheet",
    "slide",
    "form",
    "file",
    "doc",
    "docs",
    "app",
    "client",
    "html5client",
    "meetupjoin",
    "thread",
    "group",
    "groups",
    "personal",
    "start",
    "static",
    "web",
    "chat",
    "event",
    "events",
    "live",
    "public",
    "private",
    "login",
    "signin",
    "index",
    "home",
    "default",
    "lookup",
    "video",
    "audio",
    "talk",
    "my",
    "wc",
    "gl",
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "us",
    "kanban",
];

/// Segments behind which a room is named on any host: Zoom, BigBlueButton, Nextcloud, and others.
const CUES: [&str; 22] = [
    "j",
    "my",
    "w",
    "wc",
    "s",
    "b",
    "gl",
    "rooms",
    "room",
    "r",
    "call",
    "invite",
    "joinchat",
    "meet",
    "meeting",
    "join",
    "meetup-join",
    "conference",
    "channel",
    "c",
    "g",
    "html5client",
];

/// Long words that a room may be called by and that stand in other texts too.
const ORDINARY_WORDS: [&str; 46] = [
    "anticapitalist",
    "antifascist",
    "antifascista",
    "antimilitarist",
    "antiracist",
    "arbeitskampf",
    "assemblee",
    "campaigning",
    "celebration",
    "commemoration",
    "committees",
    "communication",
    "comunicacion",
    "conference",
    "conferencia",
    "coordinacion",
    "coordination",
    "demonstration",
    "demonstrations",
    "discussion",
    "environment",
    "generalversammlung",
    "gewerkschaft",
    "huelgageneral",
    "information",
    "international",
    "internationale",
    "jahreshauptversammlung",
    "konferenz",
    "koordination",
    "kundgebung",
    "manifestacion",
    "manifestation",
    "mitgliederversammlung",
    "mobilisation",
    "mobilization",
    "neighborhood",
    "neighbourhood",
    "occupation",
    "organisation",
    "organising",
    "organization",
    "organizing",
    "presentation",
    "solidarity",
    "vollversammlung",
];

/// Letters that a room of one word has, at least: a shorter one is a word that stands in other texts too.
const LONG_WORD: usize = 10;

/// What a segment of an address is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Segment {
    /// Digits.
    Number,
    /// Random characters.
    Key,
    /// A name, which is searched for as it stands.
    Name,
    /// A word that other texts may have too.
    Ordinary,
    /// It names no room.
    Nothing,
}

/// Gives to `push` all that admits in an address. `title` is that of the event: a room that is called by it is not a secret.
/// False where a room has a name that cannot be searched for.
pub(super) fn needles(
    url: &str,
    platform: Option<&str>,
    title: &str,
    is_meeting: bool,
    mut push: impl FnMut(&str, Form),
) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let is_empty = |text: &str| folded(text).is_empty();
    let page = decoded(&format!("{host}{path}"));
    let pairs = |query: &str| query.split(['&', ';']).filter(|pair| !is_empty(pair)).map(decoded).collect::<Vec<_>>();
    let all = pairs(query);
    if is_empty(path) && all.is_empty() && is_empty(fragment) {
        push(host, Form::Host);
        return true;
    }
    if all.is_empty() {
        push(&decoded(&format!("{host}{path}#{fragment}")), Form::Link);
    } else {
        let mut pairs: Vec<Box<[u8]>> = all.iter().map(|pair| folded(pair).into()).collect();
        pairs.sort_unstable();
        push(&page, Form::Query(pairs.into()));
    }
    if all.is_empty() {
        // The same invitation has several addresses.
        let code = |prefix: &str| path.strip_prefix(prefix).filter(|code| !is_empty(code));
        let others: (Option<&str>, &[&str]) = match host {
            "discord.gg" => (code("/"), &["discord.com/invite/", "discordapp.com/invite/"]),
            "discord.com" | "discordapp.com" => {
                (code("/invite/"), &["discord.gg/", "discord.com/invite/", "discordapp.com/invite/"])
            }
            "t.me" | "telegram.me" | "telegram.dog" => (code("/"), &["t.me/", "telegram.me/", "telegram.dog/"]),
            _ => (None, &[]),
        };
        for other in others.1.iter().filter(|other| !other.starts_with(&format!("{host}/"))) {
            if let Some(code) = others.0 {
                push(&decoded(&format!("{other}{code}")), Form::Link);
            }
        }
    }
    let is_known = is_known(host, platform);
    let mut is_whole = true;
    let mut behind_cue = false;
    let segments = path.split('/').chain(fragment.split('/')).filter(|segment| !is_empty(segment));
    for segment in segments {
        let segment = decoded(segment);
        let kind = segment_kind(&segment, is_known || behind_cue, title);
        behind_cue = CUES.contains(&&*segment.to_lowercase());
        let is_long = folded(&segment).len() >= 2 * LONG;
        match kind {
            // On a page to register, what is long and odd was made for the one who got it.
            _ if !is_meeting && !is_long => {}
            Segment::Number => push(&segment, Form::Number),
            Segment::Key => push(&segment, Form::Text),
            Segment::Name if is_meeting => push(&segment, Form::Word),
            Segment::Ordinary if is_meeting => is_whole = false,
            Segment::Name | Segment::Ordinary | Segment::Nothing => {}
        }
    }
    for pair in all.iter().chain(&pairs(fragment)) {
        let Some((key, value)) = pair.split_once('=') else { continue };
        let key = key.to_lowercase();
        let is_key = ["pwd", "pass", "token", "tk", "key", "code", "pin", "secret", "auth", "hash"]
            .iter()
            .any(|word| key.contains(word))
            || ["p", "pw", "k", "t", "h"].contains(&&*key);
        let is_room = ["room", "meeting", "id", "conference", "confno", "mtid"].iter().any(|word| key.contains(word));
        if is_meeting && is_key {
            push(value, Form::Text);
        } else if is_meeting || folded(value).len() >= 2 * LONG {
            match segment_kind(value, is_room, title) {
                Segment::Number => push(value, Form::Number),
                Segment::Key => push(value, Form::Text),
                Segment::Name => push(value, Form::Word),
                Segment::Ordinary | Segment::Nothing => {}
            }
        }
    }
    is_whole
}

fn is_known(host: &str, platform: Option<&str>) -> bool {
    let of_host = |known: &&str| {
        if known.ends_with('.') {
            host.starts_with(known.trim_start_matches('.')) || host.contains(&format!(".{known}"))
        } else {
            host == *known || host.ends_with(&format!(".{known}"))
        }
    };
    let platform = platform.unwrap_or_default().to_lowercase();
    HOSTS.iter().any(of_host) || PLATFORMS.iter().any(|word| platform.contains(word))
}

/// What a segment is. Where a room is `expected`, names are taken for rooms too.
fn segment_kind(segment: &str, expected: bool, title: &str) -> Segment {
    let plain = folded(segment);
    let name = segment.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = || name.chars().filter(|c| c.is_alphanumeric());
    let has_digit = letters().any(char::is_numeric);
    // `StreikRat`; a capital at the start of a part is only how names are written.
    let has_inner_capital = name
        .split(['-', '_', '.', '~', ' '])
        .any(|part| part.chars().skip(1).any(char::is_uppercase) && part.chars().any(char::is_lowercase));
    if plain.iter().all(u8::is_ascii_digit) {
        return match plain.len() {
            LONG_NUMBER.. => Segment::Number,
            5.. if expected => Segment::Number,
            _ => Segment::Nothing,
        };
    }
    let spelled = String::from_utf8_lossy(&plain);
    if ORDINARY_SEGMENTS.contains(&&*spelled) || plain.len() < 4 {
        return Segment::Nothing;
    }
    if is_key(name, plain.len()) {
        return Segment::Key;
    }
    if has_digit || has_inner_capital {
        let least = if expected { LONG - 2 } else { LONG };
        return if plain.len() >= least { Segment::Name } else { Segment::Nothing };
    }
    if !expected {
        return Segment::Nothing;
    }
    let is_parted = name.contains(['-', '_', '.', '~']);
    let is_in_title = memchr::memmem::find(&folded(title), &plain).is_some();
    let is_long = plain.len() >= if is_parted { LONG } else { LONG_WORD };
    let is_ordinary = ORDINARY_WORDS.contains(&&*spelled);
    if is_long && !is_in_title && !is_ordinary { Segment::Name } else { Segment::Ordinary }
}

/// Whether nobody chose these characters for their sense: letters and digits that change often, or short groups as Google
/// Meet and BigBlueButton make them.
fn is_key(name: &str, length: usize) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let is_meet = parts.len() == 3
        && parts
            .iter()
            .zip([3, 4, 3])
            .all(|(part, size)| part.len() == size && part.bytes().all(|b| b.is_ascii_alphabetic()));
    if is_meet {
        return true;
    }
    let classes: Vec<u8> = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| if c.is_numeric() { 0 } else { 1 + u8::from(c.is_uppercase()) })
        .collect();
    let digits = classes.windows(2).filter(|pair| (pair[0] == 0) != (pair[1] == 0)).count();
    let capitals = classes.windows(2).filter(|pair| pair[0] == 1 && pair[1] == 2).count();
    length >= LONG && (digits >= 3 || digits + capitals >= 5) || length >= 2 * LONG && digits >= 2 && capitals >= 2
}

#[cfg(test)]
mod tests;
