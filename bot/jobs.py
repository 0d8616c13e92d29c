"""The schedule, as one table. The work itself is rows in the database: a missed run loses nothing."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.base import BaseScheduler

Job = Callable[[], Awaitable[None]]
#: seconds between two runs of a job
NOTIFY, SWEEP, PASTES, FEEDS, TEXTS = 1, 30, 1, 5, 3600


def schedule(scheduler: BaseScheduler, *, notify: Job, sweep: Job, pastes: Job, feeds: Job, texts: Job) -> None:
    """Plan the jobs: a run that is late is made up for once, and none runs beside itself."""
    work = (
        *(("notify", notify, NOTIFY), ("sweep", sweep, SWEEP), ("pastes", pastes, PASTES)),
        *(("feeds", feeds, FEEDS), ("texts", texts, TEXTS)),
    )
    for name, job, seconds in work:
        scheduler.add_job(
            job, "interval", seconds=seconds, id=name, coalesce=True, max_instances=1, misfire_grace_time=None
        )
