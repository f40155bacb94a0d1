"""Build tours side by side: skip what is unchanged, go on past what fails."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import tempfile
import threading
import traceback
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from lens_routes.batch.records import Record, is_whole, read_record, write_tour
from lens_routes.errors import InternalError, LensRoutesError
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lens_routes.batch.tours import Tour

    Report = Callable[[str, float], None]
    #: Plans a tour and returns its files and its summary; has to be known by name to a process.
    Build = Callable[["Job"], "Product"]


@dataclass(frozen=True, slots=True)
class Job:
    """A tour to build, and what it is built from: its language, formats and their options.

    ``inputs`` is everything else its bytes depend on, as JSON values.
    """

    tour: Tour
    language: str
    formats: tuple[str, ...]
    export: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """A checksum of all the inputs."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Product:
    """What was built: the files by name, and what the index says of the tour."""

    files: Mapping[str, bytes]
    summary: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a tour was not built."""

    kind: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a tour: ``built``, ``unchanged`` or ``failed``."""

    name: str
    state: str
    record: Record | None = None
    failure: Failure | None = None


def failure_of(error: LensRoutesError) -> Failure:
    """Return a failure as it is told."""
    return Failure(error.kind, error.message, error.hint)


def is_unchanged(out: Path, job: Job) -> Record | None:
    """Return the record of a tour whose inputs and files are as they were; None where not."""
    record = read_record(out, job.tour.name)
    if record is None or record.inputs != job.fingerprint:
        return None
    return record if is_whole(out, job.tour.name, record) else None


def build_all(
    jobs: Sequence[Job],
    out: Path,
    build: Build,
    *,
    workers: int,
    force: bool,
    report: Report,
) -> list[Outcome]:
    """Build every tour that is not as it should be, several at once.

    Parameters
    ----------
    jobs, out
        The tours, and the folder theirs are made in.
    build
        A function of a module, or a partial of one: processes find it by name.
    workers
        How many processes; with one, everything happens in this one.
    force
        Build also what is unchanged, and replace files that are not of this batch.
    report
        Told what has been finished, and the share of all.

    Returns
    -------
    list
        An outcome for each job, in the same order.
    """
    outcomes: dict[str, Outcome] = {}
    due = []
    for job in jobs:
        record = None if force else is_unchanged(out, job)
        if record is None:
            due.append(job)
        else:
            outcomes[job.tour.name] = Outcome(job.tour.name, "unchanged", record)
    for outcome in _outcomes(due, out, build, workers=min(workers, len(due)), force=force):
        outcomes[outcome.name] = outcome
        report(outcome.name, len(outcomes) / len(jobs))
    return [outcomes[job.tour.name] for job in jobs]


def _outcomes(
    jobs: Sequence[Job], out: Path, build: Build, *, workers: int, force: bool
) -> Iterator[Outcome]:
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
                yield _lost(waiting[future])
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


def _lost(job: Job) -> Outcome:
    message = tr("The process that built it was ended from outside, perhaps for want of memory.")
    return Outcome(
        job.tour.name,
        "failed",
        failure=Failure(InternalError("").kind, message, tr("Try again with --jobs 1.")),
    )


def work(job: Job, out: Path, build: Build, *, force: bool) -> Outcome:
    """Build one tour and write it; whatever fails is the outcome."""
    name = job.tour.name
    try:
        product = build(job)
        record = Record(job.fingerprint, summary=product.summary)
        written = write_tour(out, name, product.files, record, force=force)
    except LensRoutesError as error:
        return Outcome(name, "failed", failure=failure_of(error))
    except Exception as error:  # noqa: BLE001  # one tour's fault is not the others'
        return Outcome(name, "failed", failure=_fault(error))
    return Outcome(name, "built", written)


def _fault(error: Exception) -> Failure:
    descriptor, where = tempfile.mkstemp(prefix="lens-routes-report-", suffix=".txt")
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write("".join(traceback.format_exception(error)))
    what = f"{type(error).__name__}: {error}"
    return Failure(
        InternalError("").kind,
        tr("This is a fault of the program: {what}.", what=what),
        tr("Please send its report to the makers: {file}", file=where),
    )
