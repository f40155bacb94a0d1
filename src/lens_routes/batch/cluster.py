"""Build tours on the machines of a Dask cluster; their files are written here."""

from __future__ import annotations

import logging
import threading
from itertools import islice
from typing import TYPE_CHECKING, Any

from lens_routes.batch.work import deliver, lost, make
from lens_routes.errors import NetworkError, NotInstalledError
from lens_routes.net.address import public
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from distributed import Client, Future

    from lens_routes.batch.work import Build, Failure, Job, Outcome, Product

#: Seconds for the scheduler to answer.
_PATIENCE_S = 10
#: Seconds for a worker that ended to begin again.
_REPAIR_S = 60
#: As many tours are with the cluster at once, for each of its threads: enough that none waits.
_AHEAD = 4
#: Language and caches belong to a process: its threads take turns.
_TURN = threading.Lock()


def outcomes(
    jobs: Sequence[Job], *, out: Path, build: Build, address: str, force: bool
) -> Iterator[Outcome]:
    """Have tours built by the workers of a scheduler, and write them as they come.

    A worker that is lost costs nothing: the scheduler gives its tours to another. A tour on which
    worker after worker ends has failed.

    Parameters
    ----------
    jobs, out
        The tours, and the folder of this machine that theirs are made in.
    build
        A function of a module, or a partial of one: workers find it by name.
    address
        The scheduler, such as ``tcp://10.0.0.1:8786``.
    force
        Replace files that are not of this batch.

    Raises
    ------
    NotInstalledError
        The library is missing.
    NetworkError
        The scheduler is out of reach, has no workers, or went away.
    """
    if not jobs:
        return
    with _client(address) as client:
        _require_workers(client)
        suspects = []
        for job, made in _made_there(client, jobs, build, alone=False):
            if made is None:
                suspects.append(job)
            else:
                yield deliver(job, made, out, force=force)
        # Of the tours that were with a worker when it ended, most were not the cause.
        for job, made in _made_there(client, suspects, build, alone=True):
            if made is None:
                yield lost(job, tr("Give the workers more memory."))
            else:
                yield deliver(job, made, out, force=force)


def _client(address: str) -> Client:
    try:
        from distributed import Client  # noqa: PLC0415  # costs most of a second
    except ModuleNotFoundError as error:
        raise NotInstalledError(
            tr("--scheduler needs the library distributed."),
            tr("Run: pip install 'lens-routes[cluster]'"),
        ) from error
    # It tells of each worker that comes and goes; what matters of it is told here.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=_PATIENCE_S)
    except (OSError, ValueError, TypeError) as error:
        raise NetworkError(
            tr("No scheduler answers at {address}.", address=public(address)),
            tr("Start one with: dask scheduler; and its workers with: dask worker ADDRESS"),
        ) from error
    return client


def _require_workers(client: Client) -> None:
    if not client.nthreads():
        raise NetworkError(
            tr("The scheduler has no workers."), tr("Start some with: dask worker ADDRESS")
        )


def _made_there(
    client: Client, jobs: Sequence[Job], build: Build, *, alone: bool
) -> Iterator[tuple[Job, Product | Failure | None]]:
    """Yield what workers made of each job, in any order; None where worker after worker ended."""
    from concurrent.futures import CancelledError  # noqa: PLC0415  # loaded by now

    from distributed import KilledWorker, wait  # noqa: PLC0415

    left = iter(jobs)
    given: dict[Future[Any], Job] = {}
    try:
        while True:
            room = 1 if alone else _AHEAD * max(1, sum(client.nthreads().values()))
            for job in islice(left, max(room - len(given), 0)):
                given[client.submit(_made, job, build, pure=False)] = job
            if not given:
                return
            try:
                for future in wait([*given], _REPAIR_S, "FIRST_COMPLETED").done:
                    # Waits for a worker that ends before it has handed over what it made.
                    made = future.result(_REPAIR_S)
                    yield given.pop(future), made
            except TimeoutError:
                _require_workers(client)
            except KilledWorker:
                yield given.pop(future), None
    except (CancelledError, OSError) as error:
        raise NetworkError(
            tr("The scheduler went away."),
            tr("Run the same command again: what is built already is kept."),
        ) from error


def _made(job: Job, build: Build) -> Product | Failure:
    with _TURN:
        return make(job, build)
