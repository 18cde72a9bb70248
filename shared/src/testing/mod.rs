//! What tests, fuzz targets and benchmarks share; behind the feature `testing`.

pub mod documents;
mod grammar;
