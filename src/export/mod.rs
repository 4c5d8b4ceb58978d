//! Published features in the formats people take away.
