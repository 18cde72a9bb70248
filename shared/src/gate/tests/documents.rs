//! Random work of several people, honest or not, on a canvas and all of its copies.

use proptest::prelude::*;

use crate::testing::documents::play;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn whatever_is_admitted_is_read_alike_everywhere(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        play(&bytes);
    }
}
