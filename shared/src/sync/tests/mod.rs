//! Both halves together, over links, disks and servers that fail.

mod simulator;
