"""Building many tours: what is skipped, what is replaced, and what one failure costs the others."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.support.building import build

from lens_routes.batch import processes
from lens_routes.batch.records import known_names, read_record
from lens_routes.batch.tours import Tour
from lens_routes.batch.work import Job, Outcome, build_all

if TYPE_CHECKING:
    from pathlib import Path


def job(name: str, stay: int = 1, formats: tuple[str, ...] = ("txt", "md")) -> Job:
    return Job(Tour(name, {"stay": stay}), "en", formats, inputs={"places": "abc"})


def built(
    out: Path, *jobs: Job, workers: int = 1, force: bool = False
) -> tuple[list[Outcome], list[str]]:
    told: list[str] = []
    crew = functools.partial(processes.outcomes, out=out, build=build, workers=workers, force=force)
    done = build_all(jobs, out, crew, force=force, report=lambda what, _share: told.append(what))
    return done, told


def states(outcomes: list[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


def test_each_tour_gets_a_folder(tmp_path: Path) -> None:
    """The files are in the tour's folder, and the record has their checksums."""
    (outcome,), told = built(tmp_path, job("a"))
    data = (tmp_path / "a" / "a.txt").read_bytes()
    assert (outcome.state, told, data) == ("built", ["a"], b"a {'stay': 1}")
    record = read_record(tmp_path, "a")
    assert record is not None
    assert record == outcome.record
    assert record.files["a.txt"].sha256 == hashlib.sha256(data).hexdigest()
    assert record.files["a.txt"].bytes == len(data)
    assert known_names(tmp_path) == ["a"]


def test_a_second_run_builds_what_changed(tmp_path: Path) -> None:
    """What has the same inputs and whole files is left; anything else is built anew."""
    built(tmp_path, *map(job, "abcd"))
    (tmp_path / "b" / "b.txt").write_text("edited")
    shutil.rmtree(tmp_path / "c")
    (tmp_path / ".batch" / "d.json").write_text("{")
    stamp = (tmp_path / "a" / "a.txt").stat().st_mtime_ns
    (tmp_path / "d" / "d.md").unlink()
    (tmp_path / "d" / "d.txt").unlink()
    outcomes, _ = built(tmp_path, *map(job, "abcd"))
    assert states(outcomes) == ["unchanged", "built", "built", "built"]
    assert (tmp_path / "a" / "a.txt").stat().st_mtime_ns == stamp
    assert states(built(tmp_path, *map(job, "abcd"))[0]) == ["unchanged"] * 4
    assert states(built(tmp_path, job("a", stay=2), job("b"))[0]) == ["built", "unchanged"]
    assert states(built(tmp_path, job("b"), force=True)[0]) == ["built"]


def test_files_that_are_no_longer_asked_for_go_and_others_stay(tmp_path: Path) -> None:
    """Only what the batch wrote is removed; a person's own files in the folder stay."""
    built(tmp_path, job("a"))
    (tmp_path / "a" / "notes.txt").write_text("mine")
    built(tmp_path, job("a", formats=("txt",)))
    assert {path.name for path in (tmp_path / "a").iterdir()} == {"a.txt", "notes.txt"}


def test_a_file_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    """What this program did not write stays, unless it is forced."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.txt").write_text("mine")
    (outcome,), _ = built(tmp_path, job("a"))
    assert outcome.failure is not None
    assert "not of this batch" in outcome.failure.message
    assert (tmp_path / "a" / "a.txt").read_text() == "mine"
    assert states(built(tmp_path, job("a"), force=True)[0]) == ["built"]


@pytest.mark.parametrize("workers", [1, 2])
def test_one_failure_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    """Each outcome stands where its job stood, with kind, message and hint of what went wrong."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    out = tmp_path / "out"
    names = ["a", "infeasible", "b", "broken", "c"]
    outcomes, told = built(out, *map(job, names), workers=workers)
    assert [outcome.name for outcome in outcomes] == names
    assert states(outcomes) == ["built", "failed", "built", "failed", "built"]
    assert sorted(told) == sorted(names)
    infeasible, broken = outcomes[1].failure, outcomes[3].failure
    assert infeasible is not None
    assert broken is not None
    assert (infeasible.kind, infeasible.message, infeasible.hint) == (
        "Infeasible",
        "Nothing fits.",
        "Drop something.",
    )
    assert broken.kind == "Internal"
    assert "ZeroDivisionError: by nought" in broken.message
    assert not (out / "infeasible").exists()
    assert states(built(out, *map(job, names))[0])[0] == "unchanged"


def test_a_worker_that_is_killed_is_told(tmp_path: Path) -> None:
    """The tours a dead process took along have failed, and say what may help."""
    outcomes, _ = built(tmp_path, job("killed"), job("killed-too"), workers=2)
    assert states(outcomes) == ["failed", "failed"]
    assert all(o.failure and "--jobs 1" in o.failure.hint for o in outcomes)


def test_helpers_end_with_the_process_they_help(tmp_path: Path) -> None:
    """Who kills a batch outright leaves no process behind that waits for work for ever."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom tests.batch.test_work import built, job\n"
        "if __name__ == '__main__':\n"
        "    built(Path(sys.argv[1]), *(job(f'slow-{n}') for n in range(200)), workers=2)\n"
    )
    script = tmp_path / "main.py"
    script.write_text(program)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "out")],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as parent:
        while not list((tmp_path / "out").glob("slow-*/*.md")):
            assert parent.poll() is None
            time.sleep(0.05)
        parent.kill()
        # Every helper holds the pipe open as long as it lives.
        parent.communicate(timeout=20)


def test_what_was_finished_before_an_interruption_is_kept(tmp_path: Path) -> None:
    """Ctrl-C leaves whole tours, and the next run goes on after them."""
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path, job("a"), job("stopped"), job("b"))
    assert known_names(tmp_path) == ["a"]
    assert states(built(tmp_path, job("a"), job("b"))[0]) == ["unchanged", "built"]


def test_a_tour_interrupted_while_it_was_written_is_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files without a finished record are ours to replace, and count as nothing."""
    from lens_routes.batch import records

    whole = records.atomic_file
    left = iter([True, False])

    def interrupted(path: Path) -> object:
        if path.parent.name == "a" and not next(left):
            raise KeyboardInterrupt
        return whole(path)

    monkeypatch.setattr(records, "atomic_file", interrupted)
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path, job("a"))
    monkeypatch.setattr(records, "atomic_file", whole)
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["a.txt"]
    (tmp_path / "a" / ".a.md.x1y2z3w4.part").write_text("what kill -9 leaves")
    assert states(built(tmp_path, job("a"))[0]) == ["built"]
    assert {path.name for path in (tmp_path / "a").iterdir()} == {"a.txt", "a.md"}


def test_workers_change_nothing(tmp_path: Path) -> None:
    """However many work on it, the same bytes come out."""
    jobs = [job(name) for name in ("slow", "a", "b", "slow-too", "c")]
    built(tmp_path / "one", *jobs)
    built(tmp_path / "three", *jobs, workers=3)

    def tree(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    assert tree(tmp_path / "one") == tree(tmp_path / "three")
