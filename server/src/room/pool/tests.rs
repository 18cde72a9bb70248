use std::sync::{
    Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
    mpsc,
};

use futures_util::future::join_all;

use super::*;

/// Long enough for what ends by itself on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);
/// Short enough to be waited for.
const SHORT: Duration = Duration::from_millis(50);

fn limits(workers: usize, spares: usize) -> CallLimits {
    CallLimits {
        workers,
        spares,
        wait: PATIENCE,
        ..CallLimits::default()
    }
}

/// Calls hang in `hang` for as long as the sender is kept.
fn hook() -> (
    mpsc::Sender<()>,
    impl Fn(&mut (), &Pace) + Clone + Send + 'static,
) {
    let (keep, hang) = mpsc::channel::<()>();
    let hang = Arc::new(Mutex::new(hang));
    let hung = move |(): &mut (), _: &Pace| {
        // All wait for the one that holds the lock, and that one for the sender to be dropped.
        let _ = hang.lock().unwrap().recv();
    };
    (keep, hung)
}

async fn is_well(pool: &Pool) -> bool {
    let call = pool.lend(20, PATIENCE, |value, _| *value + 1);
    call.await == Ok((20, 21))
}

#[tokio::test]
async fn a_value_comes_back_with_what_the_call_returns() {
    let pool = Pool::new(limits(1, 0));
    let pushed = pool.lend(vec![1], PATIENCE, |list, _| {
        list.push(2);
        list.len()
    });
    assert_eq!(pushed.await, Ok((vec![1, 2], 2)));
    assert_eq!((pool.abandoned(), pool.trouble()), (0, None));
}

#[tokio::test]
async fn a_panic_loses_the_value_and_nothing_else() {
    let pool = Pool::new(limits(1, 0));
    let value = Arc::new(());
    let panicked = pool.lend(Arc::clone(&value), PATIENCE, |_, _| panic!("on purpose"));
    assert_eq!(panicked.await, Err(Lost::Panicked));
    assert!(is_well(&pool).await);
    // Taking it apart could be the next fault.
    assert_eq!(Arc::strong_count(&value), 2);
    assert_eq!(pool.abandoned(), 0);
}

#[tokio::test]
async fn a_thread_that_hangs_is_replaced_and_counted_until_it_comes_back() {
    let pool = Pool::new(limits(1, 0));
    let (keep, hang) = hook();
    assert_eq!(pool.lend((), SHORT, hang).await, Err(Lost::Hung));
    assert_eq!(pool.abandoned(), 1);
    assert!(pool.trouble().is_some_and(|why| why.contains("1 calls")));
    assert!(is_well(&pool).await);
    drop(keep);
    let mut abandoned = pool.crew().abandoned();
    abandoned
        .wait_for(|abandoned| *abandoned == 0)
        .await
        .unwrap();
    assert_eq!(pool.trouble(), None);
}

#[tokio::test]
async fn more_calls_may_hang_than_there_are_threads_and_spare_ones() {
    const HUNG: usize = 8;
    let pool = Pool::new(CallLimits {
        abandoned_max: HUNG,
        ..limits(2, 1)
    });
    let (_keep, hang) = hook();
    let hung = (0..HUNG).map(|_| pool.lend((), SHORT, hang.clone()));
    let (lost, is_well) = tokio::join!(join_all(hung), is_well(&pool));
    assert!(lost.iter().all(|lost| *lost == Err(Lost::Hung)));
    assert!(is_well);
    assert_eq!(pool.abandoned(), HUNG);
    pool.exhausted().await;
}

#[tokio::test]
async fn a_call_that_waits_gets_a_spare_thread() {
    let pool = Pool::new(limits(1, 1));
    let (keep, hang) = hook();
    let busy = pool.lend((), PATIENCE, hang);
    let other = async {
        let is_well = is_well(&pool).await;
        drop(keep);
        is_well
    };
    // The one that is kept is busy until the other is done.
    let (busy, is_well) = tokio::join!(busy, other);
    assert!(busy.is_ok() && is_well);
    assert_eq!(pool.abandoned(), 0);
}

#[tokio::test]
async fn where_there_is_no_thread_that_is_said_and_not_asked_in_a_loop() {
    let (is_given, asked) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicUsize::new(0)),
    );
    let (gives, counts) = (Arc::clone(&is_given), Arc::clone(&asked));
    let start = move |work: Box<dyn FnOnce() + Send>| {
        counts.fetch_add(1, Ordering::SeqCst);
        if gives.load(Ordering::SeqCst) {
            start_thread(work)
        } else {
            Err(std::io::Error::other("none left"))
        }
    };
    let limits = CallLimits {
        wait: Duration::from_millis(350),
        ..limits(2, 2)
    };
    let pool = Pool::with(limits, Box::new(start));
    let waiting = (0..50).map(|_| pool.lend((), PATIENCE, |(), _| ()));
    for lost in join_all(waiting).await {
        assert_eq!(lost, Err(Lost::NoThread("none left".into())));
    }
    assert_eq!(pool.provide(), Some("none left".to_owned()));
    assert!(pool.trouble().is_some_and(|why| why.contains("none left")));
    // At once, after 100 ms, after 200 more: whoever else waits does not ask as well.
    let times = asked.load(Ordering::SeqCst);
    assert!((2..=4).contains(&times), "asked {times} times");
    is_given.store(true, Ordering::SeqCst);
    while pool.provide().is_some() {
        tokio::task::yield_now().await;
    }
    assert!(is_well(&pool).await);
    assert_eq!(pool.trouble(), None);
}

#[test]
fn each_step_of_a_call_has_its_own_limit() {
    let call = Call::new();
    let pace = call.begin(SHORT).unwrap();
    let Phase::Runs(first) = call.phase() else {
        panic!("it does not run");
    };
    pace.step(PATIENCE);
    assert!(matches!(call.phase(), Phase::Runs(next) if next > first + PATIENCE / 2));
    // Who had seen only the first step does not give up the second.
    assert!(!call.give_up(Phase::Runs(first), || {}));
    assert!(!call.end());
}

#[test]
fn a_call_that_was_given_up_is_not_begun() {
    let call = Call::new();
    assert!(call.give_up(Phase::Queued, || {}));
    assert!(call.begin(SHORT).is_none());
}
