//! Suggests a phrase with the misspelt words corrected.

use super::FORMS;
use super::read;
use super::token::{meaning, split, vocabulary};

/// The phrase with each unknown word replaced by the nearest known one; else the form that is nearest to the whole.
pub(super) fn nearest(text: &str) -> Option<String> {
    // Real phrases are shorter, and the edit distance is quadratic.
    if text.len() > 120 {
        return None;
    }
    let mut words: Vec<String> = split(text).into_iter().map(|(_, piece)| piece).collect();
    for word in words.iter_mut().filter(|word| meaning(word).is_none()) {
        let (distance, known) = vocabulary().map(|known| (distance(word, known), known)).min()?;
        // Every short word is near to some other one.
        if word.len() > 2 && distance <= 1 + word.chars().count() / 4 {
            known.clone_into(word);
        }
    }
    let corrected = words.join(" ").replace(" ,", ",").replace(" : ", ":");
    let is_understood = |text: &str| read::read(text).is_ok();
    if is_understood(&corrected) {
        return Some(corrected);
    }
    let (distance, form) = FORMS.iter().map(|form| (distance(text, form), *form)).min()?;
    (distance <= text.chars().count() / 5).then(|| form.to_owned())
}

/// Edits from one word to the other: insert, remove, replace, swap neighbours.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                let least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                let swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                if swapped { least.min(rows[i - 2][j - 2] + 1) } else { least }
            };
        }
    }
    rows[one.len()][other.len()]
}
