//! Time zones: the newest database at hand, identity of zones, offsets, gaps and overlaps.
//!
//! Everything else in redletter speaks chrono; [`Zone`] implements [`chrono::TimeZone`] over the rules chosen here.
