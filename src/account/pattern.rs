//! The patterns that services have for values, as far as they are plainly safe to run.
//!
//! Which dialect a provider's patterns are of is not documented. So only what all dialects read alike is run, and where they
//! still differ, a value passes: a refusal of what the provider takes would be worse than one that comes later. A pattern is
//! searched for anywhere in the value unless it has `^` and `$`.
//!
//! | part | |
//! |---|---|
//! | `a`, `\.` | a character by itself; after `\` ASCII punctuation but `\`, `<` and `>` |
//! | `.` | any character but a line feed |
//! | `\d \D \w \W \s \S` | as in ASCII; characters beyond it pass for `\w`, `\W`, `\s` and `\S` alike |
//! | `[a-z_]`, `[^0-9]` | one of these characters, or none of them; `\d`, `\w` and `\s` may be among them |
//! | `(…)`, `(?:…)`, `\|` | groups and alternatives |
//! | `? * + {n} {n,} {n,m}` | repeats; a `?` after them changes nothing |
//! | `^`, `$` | the value's start and end |
//!
//! Anything else is not checked: other escapes and groups, nested classes, patterns between slashes, and what takes more steps than
//! a key may that is pressed. There is no backtracking, so usual patterns take hardly any.

use alloc::vec::Vec;

/// The longest value that is compared with a pattern, in characters.
const LONGEST_VALUE: usize = 128;

/// The longest pattern, in bytes: it is read anew with each key.
const LONGEST_PATTERN: usize = 4096;

/// The most that one look at a value may take: each character of the pattern, as often as it is read, takes a step for each
/// place in the value and some for itself.
const MOST_STEPS: usize = 1 << 18;
const STEPS_OF_A_CHARACTER: usize = 16;

/// Groups in groups: more than any pattern has, and less than the module's stack bears.
const DEEPEST: usize = 16;

/// Whether a value is as its pattern asks, which everything is where there is none; `None` where that is not plainly safe to
/// find out.
pub(crate) fn verdict(pattern: &str, value: &str) -> Option<bool> {
    // Some write a pattern between slashes, with flags behind the second.
    if pattern.len() > LONGEST_PATTERN || pattern.starts_with('/') || value.len() > LONGEST_VALUE * char::MAX_LEN_UTF8 {
        return None;
    }
    let (value, pattern): (Vec<char>, Vec<char>) = (value.chars().collect(), pattern.chars().collect());
    if value.len() > LONGEST_VALUE {
        return None;
    }
    let mut matcher = Matcher { value: &value, rest: &pattern, left: MOST_STEPS, depth: DEEPEST };
    // It can begin anywhere.
    let mut anywhere = matcher.nowhere();
    anywhere.fill(true);
    let ends = matcher.alternatives(&anywhere)?;
    matcher.rest.is_empty().then(|| ends.contains(&true))
}

/// For each place before, between and behind the characters of a value, whether a match can have come there.
type Places = Vec<bool>;

/// Reads a pattern and follows it through a value at once: each part takes all the places to which those before it can lead,
/// and gives those to which it leads. `None` is what is not plainly safe.
struct Matcher<'p> {
    value: &'p [char],
    rest: &'p [char],
    /// How many steps it may still take.
    left: usize,
    /// How many groups may still be opened in this one.
    depth: usize,
}

impl Matcher<'_> {
    fn nowhere(&self) -> Places {
        let mut places = Vec::new();
        places.resize(self.value.len().wrapping_add(1), false);
        places
    }

    fn next(&mut self) -> Option<char> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        self.left = self.left.saturating_sub(self.value.len().wrapping_add(STEPS_OF_A_CHARACTER));
        Some(*first)
    }

    fn next_is(&self, character: char) -> bool {
        self.rest.first() == Some(&character)
    }

    fn take(&mut self, character: char) -> bool {
        let found = self.next_is(character);
        if found {
            self.next();
        }
        found
    }

    fn alternatives(&mut self, from: &Places) -> Option<Places> {
        let mut reached = self.nowhere();
        loop {
            let mut places = from.clone();
            while !(self.rest.is_empty() || self.next_is('|') || self.next_is(')')) {
                places = self.repeated(places)?;
            }
            add_new(&mut reached, &mut places);
            if !self.take('|') {
                return Some(reached);
            }
        }
    }

    fn repeated(&mut self, from: Places) -> Option<Places> {
        let start = self.rest;
        let mut places = self.part(&from)?;
        let (least, most) = match self.rest.first() {
            Some('?') => (0, 1),
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('{') => self.counts()?,
            _ => return Some(places),
        };
        // The sign, or the bracket at the end. Whether long or short repeats are tried first is no matter.
        self.next();
        self.take('?');
        let end = core::mem::replace(&mut self.rest, start);
        let mut reached = if least == 0 { from } else { self.nowhere() };
        let mut times = 1usize;
        while times <= most {
            // Only what is new can lead on to something new.
            if times >= least {
                add_new(&mut reached, &mut places);
            }
            if times == most || !places.contains(&true) {
                break;
            }
            self.rest = start;
            places = self.part(&places)?;
            times = times.wrapping_add(1);
        }
        self.rest = end;
        Some(reached)
    }

    /// The numbers of `{n}`, `{n,}` and `{n,m}`, up to the bracket at the end.
    fn counts(&mut self) -> Option<(usize, usize)> {
        self.next();
        let least = self.number()?;
        let most = match self.take(',') {
            true if self.next_is('}') => usize::MAX,
            true => self.number()?,
            false => least,
        };
        (self.next_is('}') && least <= most).then_some((least, most))
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = None;
        while let Some(digit) = self.rest.first().and_then(|character| character.to_digit(10)) {
            self.next();
            number = Some(number.unwrap_or(0usize).checked_mul(10)?.checked_add(digit as usize)?);
        }
        number
    }

    /// The places behind one part of a pattern.
    fn part(&mut self, from: &Places) -> Option<Places> {
        if self.left == 0 {
            return None;
        }
        let mut reached = self.nowhere();
        let mut set = Set::default();
        match self.next()? {
            '^' => {
                copy(from.first(), reached.first_mut());
                return Some(reached);
            }
            '$' => {
                copy(from.last(), reached.last_mut());
                return Some(reached);
            }
            '(' => return self.group(from),
            '[' => self.class(&mut set)?,
            '.' => {
                set.is_negated = true;
                set.add("\n\n");
            }
            '\\' => {
                set.is_negated = matches!(self.rest.first(), Some('D' | 'W' | 'S'));
                if let Some(character) = self.escape(&mut set)? {
                    set.ranges.push((character, character));
                }
            }
            '?' | '*' | '+' | '{' | '}' | ']' => return None,
            character => set.ranges.push((character, character)),
        }
        for ((character, is_here), reached) in self.value.iter().zip(from).zip(reached.iter_mut().skip(1)) {
            *reached = *is_here && set.has(*character);
        }
        Some(reached)
    }

    fn group(&mut self, from: &Places) -> Option<Places> {
        if self.take('?') && !self.take(':') {
            return None;
        }
        self.depth = self.depth.checked_sub(1)?;
        let reached = self.alternatives(from)?;
        self.depth = self.depth.wrapping_add(1);
        self.take(')').then_some(reached)
    }

    /// What follows `[`.
    fn class(&mut self, set: &mut Set) -> Option<()> {
        set.is_negated = self.take('^');
        if self.next_is(']') {
            return None;
        }
        loop {
            let from = match self.next()? {
                ']' => return Some(()),
                '[' => return None,
                '\\' if matches!(self.rest.first(), Some('D' | 'W' | 'S')) => return None,
                '\\' => self.escape(set)?,
                // Some dialects subtract and intersect so.
                character @ ('-' | '&' | '~') if self.next_is(character) => return None,
                character => Some(character),
            };
            // At the end a dash stands for itself.
            let to = match self.rest {
                ['-', ']', ..] => from,
                ['-', ..] => {
                    self.next();
                    match self.next()? {
                        '[' | '-' => return None,
                        '\\' => Some(self.escape(&mut Set::default())??),
                        character => Some(character),
                    }
                }
                _ => from,
            };
            match (from, to) {
                (Some(from), Some(to)) if from <= to => set.ranges.push((from, to)),
                (None, None) => {}
                // Back to front, or from a set on.
                _ => return None,
            }
        }
    }

    /// What follows `\`: a character by itself, or a set that is added.
    fn escape(&mut self, set: &mut Set) -> Option<Option<char>> {
        match self.next()? {
            'd' | 'D' => set.add("09"),
            'w' | 'W' => {
                set.is_vague = true;
                set.add("09AZ__az");
            }
            's' | 'S' => {
                set.is_vague = true;
                set.add("\t\r  ");
            }
            // A pattern that was escaped twice would match nothing, and in some dialects `\<` is the start of a word.
            '\\' | '<' | '>' => return None,
            character if character.is_ascii_punctuation() => return Some(Some(character)),
            _ => return None,
        }
        Some(None)
    }
}

/// Characters that stand for one another.
#[derive(Default)]
struct Set {
    ranges: Vec<(char, char)>,
    is_negated: bool,
    /// Whether dialects differ about characters beyond ASCII.
    is_vague: bool,
}

impl Set {
    /// Adds ranges, each given by its two ends.
    fn add(&mut self, ends: &str) {
        for ends in ends.as_bytes().chunks_exact(2) {
            if let [from, to] = ends {
                self.ranges.push((char::from(*from), char::from(*to)));
            }
        }
    }

    fn has(&self, character: char) -> bool {
        let is_in = self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&character));
        is_in != self.is_negated || self.is_vague && !character.is_ascii()
    }
}

fn copy(from: Option<&bool>, to: Option<&mut bool>) {
    if let (Some(from), Some(to)) = (from, to) {
        *to = *from;
    }
}

/// Adds places, and leaves of them only those that were not there.
fn add_new(all: &mut Places, places: &mut Places) {
    for (known, place) in all.iter_mut().zip(places) {
        *place &= !*known;
        *known |= *place;
    }
}
