"""Build tours: skip what is unchanged, go on past what fails."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
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
    #: Builds and writes tours in any order, and tells of each what became of it.
    Crew = Callable[[Sequence["Job"]], Iterator["Outcome"]]


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
    jobs: Sequence[Job], out: Path, crew: Crew, *, force: bool, report: Report
) -> list[Outcome]:
    """Build every tour that is not as it should be.

    Parameters
    ----------
    jobs, out
        The tours, and the folder theirs are made in.
    crew
        Who builds what is due, and writes it.
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
    for outcome in crew(due):
        outcomes[outcome.name] = outcome
        report(outcome.name, len(outcomes) / len(jobs))
    return [outcomes[job.tour.name] for job in jobs]


def lost(job: Job, hint: str) -> Outcome:
    """Return the outcome of a tour whose builder was ended, and what may help."""
    message = tr("The process that built it was ended from outside, perhaps for want of memory.")
    failure = Failure(InternalError("").kind, message, hint)
    return Outcome(job.tour.name, "failed", failure=failure)


def make(job: Job, build: Build) -> Product | Failure:
    """Build one tour; whatever fails is told."""
    try:
        return build(job)
    except LensRoutesError as error:
        return failure_of(error)
    except Exception as error:  # noqa: BLE001  # one tour's fault is not the others'
        return _fault(error)


def deliver(job: Job, made: Product | Failure, out: Path, *, force: bool) -> Outcome:
    """Write what was built of a tour into its folder."""
    name = job.tour.name
    if isinstance(made, Failure):
        return Outcome(name, "failed", failure=made)
    try:
        record = Record(job.fingerprint, summary=made.summary)
        written = write_tour(out, name, made.files, record, force=force)
    except LensRoutesError as error:
        return Outcome(name, "failed", failure=failure_of(error))
    return Outcome(name, "built", written)


def work(job: Job, out: Path, build: Build, *, force: bool) -> Outcome:
    """Build one tour and write it."""
    return deliver(job, make(job, build), out, force=force)


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
