"""Tours built by a cluster: the same bytes, whatever becomes of its workers."""

from __future__ import annotations

import contextlib
import functools
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from distributed import Client
from tests.support.building import build

from lens_routes.batch import cluster, processes
from lens_routes.batch.tours import Tour
from lens_routes.batch.work import Job, Outcome, build_all
from lens_routes.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def _run(command: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        # A tour is given up when the second worker ends on it, not the fourth.
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{command}", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextlib.contextmanager
def scheduler(folder: Path, workers: int) -> Iterator[str]:
    """Run a real scheduler, and workers that are each a process; give its address."""
    file = folder / "scheduler.json"
    known = ("--scheduler-file", str(file))
    running = [
        _run("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *known),
        *(
            _run("worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", *known)
            for _ in range(workers)
        ),
    ]
    try:
        with Client(scheduler_file=str(file), timeout=60, set_as_default=False) as client:
            if workers:
                client.wait_for_workers(workers, timeout=60)
            yield client.scheduler.address
    finally:
        for process in reversed(running):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a scheduler with two workers."""
    with scheduler(tmp_path_factory.mktemp("cluster"), 2) as found:
        yield found


def job(name: str, **options: object) -> Job:
    return Job(Tour(name, options), "en", ("txt", "md"), inputs={"places": "abc"})


def built(address: str, out: Path, jobs: Sequence[Job]) -> list[Outcome]:
    crew = functools.partial(cluster.outcomes, out=out, build=build, address=address, force=False)
    return build_all(jobs, out, crew, force=False, report=lambda _what, _share: None)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_cluster_builds_what_this_machine_would(address: str, tmp_path: Path) -> None:
    """More tours than are handed out at once: the same bytes and records, and then nothing is due.

    What fails there is told as what fails here.
    """
    jobs = [*(job(f"tour-{n}") for n in range(30)), job("infeasible")]
    outcomes = built(address, tmp_path / "cluster", jobs)
    crew = functools.partial(
        processes.outcomes, out=tmp_path / "here", build=build, workers=1, force=False
    )
    assert outcomes == build_all(
        jobs, tmp_path / "here", crew, force=False, report=lambda _what, _share: None
    )
    assert [outcome.state for outcome in outcomes] == ["built"] * 30 + ["failed"]
    assert tree(tmp_path / "cluster") == tree(tmp_path / "here")
    again = built(address, tmp_path / "cluster", jobs[:-1])
    assert {outcome.state for outcome in again} == {"unchanged"}


def test_the_tours_of_a_lost_worker_are_built_by_another(address: str, tmp_path: Path) -> None:
    """A worker is killed in the middle of a tour: nothing is missing in the end."""
    grave = tmp_path / "grave"
    jobs = [job("a"), job("mortal", grave=str(grave)), *(job(f"slow-{n}") for n in range(6))]
    outcomes = built(address, tmp_path / "out", jobs)
    assert grave.exists()
    assert {outcome.state for outcome in outcomes} == {"built"}


def test_a_tour_that_ends_every_worker_is_given_up(address: str, tmp_path: Path) -> None:
    """It has failed with a word of what may help; the others are built."""
    outcomes = built(address, tmp_path, [job("a"), job("killed"), job("b")])
    assert [outcome.state for outcome in outcomes] == ["built", "failed", "built"]
    assert outcomes[1].failure
    assert "memory" in outcomes[1].failure.hint


def test_a_scheduler_without_workers_is_told(tmp_path: Path) -> None:
    """Nobody waits for workers that nobody has begun."""
    with scheduler(tmp_path, 0) as empty, pytest.raises(NetworkError, match="no workers"):
        built(empty, tmp_path / "out", [job("a")])


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "udp://127.0.0.1:1", ""])
def test_no_scheduler_is_told(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address where nobody answers, or that is none."""
    monkeypatch.setattr(cluster, "_PATIENCE_S", 0.5)
    with pytest.raises(NetworkError, match="No scheduler answers"):
        built(address, tmp_path, [job("a")])
