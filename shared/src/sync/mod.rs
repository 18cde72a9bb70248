//! Sans-IO state machines of both halves of the sync. Knows no sockets, threads or timers.
