//! Cached responses to custom queries.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::Query;
use crate::serve::snapshot::Resource;

/// The limits of the cache: responses, and bytes of all of them.
pub(super) const KEPT: (usize, usize) = (64, 32 << 20);

/// The cached responses of a state, the newest last.
#[derive(Default)]
pub(in crate::serve) struct Answers(Mutex<VecDeque<Answer>>);

/// A cached response, with its query and as-of time.
type Answer = ((Query, DateTime<Utc>), Arc<Resource>);

impl Answers {
    pub(super) fn get(&self, key: &(Query, DateTime<Utc>)) -> Option<Arc<Resource>> {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = answers.iter().position(|(own, _)| own == key)?;
        let answer = answers.remove(at)?;
        let resource = Arc::clone(&answer.1);
        answers.push_back(answer);
        Some(resource)
    }

    pub(super) fn put(&self, key: (Query, DateTime<Utc>), resource: Arc<Resource>) {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.push_back((key, resource));
        let size =
            |answers: &VecDeque<Answer>| answers.iter().map(|(_, resource)| resource.plain.bytes.len()).sum::<usize>();
        while answers.len() > KEPT.0 || size(&answers) > KEPT.1 {
            answers.pop_front();
        }
    }
}
