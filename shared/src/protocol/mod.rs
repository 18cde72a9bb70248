//! Messages, their codec, close codes and limits. Knows nothing of what an update contains.
