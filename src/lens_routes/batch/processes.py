"""Build tours side by side on this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from typing import TYPE_CHECKING

from lens_routes.batch.work import lost, work
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lens_routes.batch.work import Build, Job, Outcome


def outcomes(
    jobs: Sequence[Job], *, out: Path, build: Build, workers: int, force: bool
) -> Iterator[Outcome]:
    """Build and write tours, several at once.

    Parameters
    ----------
    jobs, out
        The tours, and the folder theirs are made in.
    build
        A function of a module, or a partial of one: processes find it by name.
    workers
        How many processes; with one, everything happens in this one.
    force
        Replace files that are not of this batch.
    """
    workers = min(workers, len(jobs))
    if workers <= 1:
        for job in jobs:
            yield work(job, out, build, force=force)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415  # 20 ms
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    # A process that is begun afresh inherits no thread, lock or open file of this one.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin)
    try:
        with _undisturbed():
            waiting = {pool.submit(work, job, out, build, force=force): job for job in jobs}
        for future in as_completed(waiting):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield lost(waiting[future], tr("Try again with --jobs 1."))
    finally:
        # What is under way is finished, so that no tour is left half done.
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Begin processes that no Ctrl-C meets while they load; it reaches this one afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Prepare a process: Ctrl-C is for the first one, and without that there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415  # known by now

    # Whoever is killed sends no word: its helpers would wait for work for ever.
    if parent := parent_process():
        parent.join()
        os._exit(1)
