"""Run the program on hostile input, and count how it ends: anybody can, for hours.

``--runs N --seed S`` draws command lines and files as the tests do (`tests.fuzz.strategies`), and
runs each in a process of its own: a child of this one, which has loaded the program once, and each
fiftieth time a whole new one, so that the start is tried too. Then every command that writes is
killed at each of its file events, and again with a disk that is full at some size; and pairs of
people edit one catalogue at once. Prints how many runs ended with each exit code and kind of error,
the slowest, the largest memory, and what was lost; ``--json`` prints the same as one document.
Leaves with 1 where one ended with 70, left a traceback, took over 20 s or 1 GB, or lost anything.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import io
import json
import os
import pkgutil
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings

import lens_routes
from lens_routes.cli import main as program
from lens_routes.cli.commands import tree
from lens_routes.cli.frame.command_tree import commands
from lens_routes.cli.frame.console import prepare_streams
from lens_routes.files.shipped import shipped
from lens_routes.files.territory import PLACES

sys.path.append(str(Path(__file__).parents[1]))
from tests.fuzz import material, strategies  # found by the line above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.fuzz.strategies import Run

NOW = "2026-11-25T09:00"
LONGEST_S, LARGEST_KB, KILLED_AFTER_S = 20.0, 1_000_000, 60.0
SLOWEST = 5
#: Of so many runs that are drawn one is a whole process, from the start of Python.
WHOLE = 50
#: What the contract allows of a run that nobody interrupts.
CODES = {0, 1, 2, 3, 4, 5, 6, 7, 130}
#: Events of Python that change files; a run is killed just before each.
EVENTS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree")


class Writer(NamedTuple):
    """A command that writes, who proves that what it writes is whole, and what was there before.

    What can be done ``once`` only may be refused the second time.
    """

    line: str
    proof: str = ""
    first: str = ""
    typed: str = ""
    once: bool = False


_ADD = "transit add feed.zip --name x --places town.geojson"
_IMPORT = "streets import town.osm --places town.geojson"
_OWN = "places validate own.geojson"
WRITERS = (
    Writer("places edit musee --set interest=2 --places own.geojson --yes", _OWN),
    Writer("places add Anne --at 50.43,2.79 --places own.geojson --yes --not-the-same", _OWN,
           once=True),
    Writer("places remove musee --places own.geojson --yes", _OWN, once=True),
    Writer("places set title=Town --places own.geojson", _OWN),
    Writer("places import table.csv --places own.geojson --partial --yes", _OWN),
    Writer("places new fresh.geojson --title T --timezone Europe/Paris --country FR --theme a=A",
           "places validate fresh.geojson", once=True),
    Writer("places export out.csv --places town.geojson --force",
           "places import out.csv --places town.geojson --dry-run"),
    Writer("plan --places town.geojson --save plan.json", "check plan.json --places town.geojson"),
    Writer("replan day.json --now 12:00 --places town.geojson --save day.json",
           "check day.json --places town.geojson"),
    Writer("explore --plain --places town.geojson", "check kept.json --places town.geojson",
           typed="plan\nsave kept.json\nquit\n", once=True),
    *(Writer(f"export day.json --to {kind} -o out.{kind} --force")
      for kind in ("csv", "html", "pdf", "ics")),
    Writer("config init --force", "config show"),
    Writer(_IMPORT, "streets info"),
    Writer("streets table -o table.csv --places town.geojson", first=_IMPORT),
    Writer("plan --places town.geojson --gpx way.gpx", first=_IMPORT),
    Writer("reach musee --places town.geojson -o reach.geojson", first=_IMPORT),
    Writer("streets remove", "streets info", _IMPORT, once=True),
    Writer(_ADD, "transit info x"),
    Writer("transit update x", "transit info x", _ADD),
    Writer("plan --places town.geojson --mode transit --date 2025-03-03", "transit info x", _ADD),
    Writer("transit remove x", "transit list", _ADD, once=True),
    Writer("elevation add heights.asc --crs EPSG:2154", "elevation list"),
    Writer("elevation remove --all", "elevation list", "elevation add heights.asc --crs EPSG:2154",
           once=True),
    Writer("territory use monaco", "territory list"),
    Writer("territory remove monaco --yes", "territory list", "territory use monaco", once=True),
    Writer("batch tours.toml -o out --jobs 1", first=_IMPORT),
)  # fmt: skip


class Ended(NamedTuple):
    """How a run ended: exit code (less than 0: killed), kind of error, memory it took.

    ``seconds`` are those of the processor, which do not depend on what else the machine does.
    """

    line: str
    code: int
    kind: str
    said: str
    seconds: float
    kilobytes: int

    @property
    def fault(self) -> str:
        """What is wrong with it; empty where nothing is."""
        if self.code not in CODES:
            return f"exit code {self.code}"
        if "Traceback" in self.said:
            return "a traceback"
        if self.seconds > LONGEST_S:
            return f"{self.seconds:.0f} s"
        if self.kilobytes > LARGEST_KB:
            return f"{self.kilobytes / 1e3:.0f} MB"
        return ""


def load() -> None:
    """Load the whole program, and read its commands, so that children need not."""
    for module in pkgutil.walk_packages(lens_routes.__path__, "lens_routes."):
        importlib.import_module(module.name)
    list(commands(tree()))
    gc.collect()
    gc.freeze()


def play(
    line: Sequence[str],
    folder: Path,
    before: Callable[[], object] = lambda: None,
    *,
    whole: bool = False,
) -> Ended:
    """Run a command line in a child of this process, in *folder*; *before* is called there.

    A *whole* one starts Python anew.
    """
    began = time.perf_counter()
    source, sink = os.pipe()
    child = os.fork()
    if not child:
        os.close(source)
        _be_the_program(line, folder, sink, before, whole=whole)
    os.close(sink)
    said = _heard(source, began + KILLED_AFTER_S, child)
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    kind = ""
    with contextlib.suppress(ValueError, IndexError, KeyError, TypeError):
        kind = json.loads(said.splitlines()[-1])["error"]["kind"]
    shown = " ".join(map(repr, line))
    return Ended(shown, code, kind, said, used.ru_utime + used.ru_stime, used.ru_maxrss)


def _be_the_program(
    line: Sequence[str],
    folder: Path,
    sink: int,
    before: Callable[[], object],
    *,
    whole: bool = False,
) -> None:
    """Be a process, in a group of its own, that runs one command line, and end."""
    code = 99
    try:
        os.setsid()
        os.chdir(folder)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.dup2(sink, 2)
        if whole:
            start = [sys.executable, "-m", "lens_routes.cli.start", *line]
            os.execv(sys.executable, start)  # noqa: S606  # there is no shell to be wanted
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(os.fdopen(number, mode), encoding="utf-8", write_through=True)
            for number, mode in ((0, "rb"), (1, "wb"), (2, "wb"))
        )
        prepare_streams()
        before()
        code = program.run(list(line))
        # What is written as JSON waits for that; a process flushes when it ends.
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code)


def _heard(source: int, until: float, child: int) -> str:
    """Return what a child says until it ends, or is ended for taking too long."""
    said = b""
    while True:
        ready, _, _ = select.select([source], [], [], max(0.0, until - time.perf_counter()))
        if not ready:
            # With whatever it started.
            os.killpg(child, signal.SIGKILL)
        data = os.read(source, 1 << 16) if ready else b""
        said = (said + data)[-100_000:]
        if not data:
            os.close(source)
            return said.decode("utf-8", "replace")


@contextlib.contextmanager
def desk() -> Iterator[Path]:
    """Give a folder with sound files, and a home, for the time of the block."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in material.files().items():
            if file != "config.toml":
                (folder / file).write_bytes(content)
        shutil.copy(folder / "town.geojson", folder / "own.geojson")
        # Lines that name no catalogue would edit that of the source tree.
        (folder / "home").mkdir()
        shutil.copy(shipped("places.geojson"), folder / "home" / PLACES)
        os.environ |= {
            "LENS_ROUTES_HOME": str(folder / "home"),
            "LENS_ROUTES_CONFIG": str(folder / "config.toml"),
            "LENS_ROUTES_NOW": NOW,
            "TMPDIR": str(folder),
        }
        tempfile.tempdir = None
        yield folder


def drawn(runs: int, number: int, tell: Callable[[Ended], None]) -> list[Ended]:
    """Run so many runs as they are drawn from a seed."""
    ended: list[Ended] = []

    with desk() as folder:

        @seed(number)
        @settings(
            max_examples=runs,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=[*HealthCheck],
        )
        @given(strategies.runs())
        def one(run: Run) -> None:
            if len(ended) < runs:
                for name, content in run.files.items():
                    (folder / name).write_bytes(content)
                whole = len(ended) % WHOLE == WHOLE - 1
                ended.append(play(run.line, folder, whole=whole))
                for name in run.files:
                    (folder / name).unlink(missing_ok=True)
                tell(ended[-1])

        # Whoever has no more time sees what came of the runs so far.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            one()
    return ended


def killed(tell: Callable[[Ended], None]) -> tuple[int, list[str]]:
    """Kill every command that writes just before each of its file events; return what was lost."""
    kills, lost = 0, []
    for writer in WRITERS:
        number = 1
        while (
            wrong := _disturbed(writer, lambda number=number: _die_at(number), tell)
        ) is not None:
            lost += [f"killed at event {number}: {one}" for one in wrong]
            number += 1
        kills += number - 1
        if number == 1:
            lost.append(f"{writer.line}: writes nothing")
    return kills, lost


def _disturbed(
    writer: Writer, how: Callable[[], object], tell: Callable[[Ended], None]
) -> list[str] | None:
    """Return what is wrong once a writer was disturbed, None where it was not killed by that."""
    with desk() as folder:
        if writer.first:
            play(writer.first.split(), folder)
        ended = play(writer.line.split(), folder, lambda: (how(), _type(writer.typed)))
        return _lost(writer, folder, tell) if ended.code < 0 else None


def _die_at(number: int) -> None:
    left = number

    def hook(event: str, arguments: Any) -> None:
        nonlocal left
        if event in EVENTS and not (event == "open" and not _writes(arguments)):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def _writes(arguments: Any) -> bool:
    """Tell whether a file is opened to be written."""
    _, mode, flags = arguments
    changes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    return bool(changes) or (isinstance(mode, str) and any(sign in mode for sign in "wax+"))


def _type(text: str) -> None:
    """Let this process read a text as if it were typed."""
    source, sink = os.pipe()
    os.write(sink, text.encode())
    os.close(sink)
    os.dup2(source, 0)


def _lost(writer: Writer, folder: Path, tell: Callable[[Ended], None]) -> list[str]:
    """Return what is wrong after a run was disturbed: its proof, the same again, left-overs."""
    wrong = []
    if writer.proof:
        proven = play(writer.proof.split(), folder)
        if proven.code not in {0, 3, 6} or "damaged" in proven.said:
            wrong.append(f"{writer.line}: then {writer.proof}: {proven.code} {proven.said[-200:]}")
    again = play(writer.line.split(), folder, lambda: _type(writer.typed))
    tell(again)
    if again.code not in (CODES if writer.once else {0, 1}):
        wrong.append(f"{writer.line}: again: {again.code} {again.said[-200:]}")
    left = [path.name for path in folder.rglob("*.part")]
    if left:
        wrong.append(f"{writer.line}: left {left}")
    return wrong


def full(tell: Callable[[Ended], None]) -> tuple[int, list[str]]:
    """Run every command that writes on disks that are full at some size; return what was lost."""
    tries, lost = 0, []
    for writer in WRITERS:
        for size in (0, 1, 100, 5_000, 50_000):
            tries += 1
            with desk() as folder:
                if writer.first:
                    play(writer.first.split(), folder)
                ended = play(
                    writer.line.split(),
                    folder,
                    lambda size=size, typed=writer.typed: (_fill(size), _type(typed)),
                )
                tell(ended)
                wrong = [ended.fault] if ended.fault else []
                wrong += _lost(writer, folder, tell)
                lost += [f"{size} bytes free: {one}" for one in wrong]
    return tries, lost


def _fill(size: int) -> None:
    """Let no file of this process grow beyond a size, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def together(rounds: int) -> tuple[int, list[str]]:
    """Have two people add places to one catalogue at once; return whose work was lost."""
    lost = []
    for number in range(rounds):
        with desk() as folder:
            children = []
            for who in ("Anne", "Jean"):
                child = os.fork()
                if not child:
                    line = (
                        f"places add {who} --at 50.4{number % 10},2.79 --places own.geojson --yes"
                    )
                    sink = os.open(os.devnull, os.O_WRONLY)
                    _be_the_program([*line.split(), "--not-the-same"], folder, sink, lambda: None)
                children.append(child)
            codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
            names = (folder / "own.geojson").read_text(encoding="utf-8")
            for who, code in zip(("Anne", "Jean"), codes, strict=True):
                if not code and f'"{who}"' not in names:
                    lost.append(f"round {number}: {who}'s place")
    return rounds, lost


def summary(ended: Sequence[Ended]) -> dict[str, Any]:
    """Return the figures of the runs that were drawn."""
    codes = Counter(f"{one.code} {one.kind}".strip() for one in ended)
    slowest = sorted(ended, key=lambda one: -one.seconds)[:SLOWEST]
    largest = max(ended, key=lambda one: one.kilobytes, default=None)
    return {
        "runs": len(ended),
        "ended": dict(sorted(codes.items())),
        "slowest": [{"seconds": round(s.seconds, 1), "line": s.line[:200]} for s in slowest],
        "largest": largest
        and {"megabytes": round(largest.kilobytes / 1e3), "line": largest.line[:200]},
        "faults": [f"{one.fault}: {one.line} {one.said[-300:]}" for one in ended if one.fault],
    }


def main() -> None:
    """Run what is asked for, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=20, help="rounds of two people at once")
    parser.add_argument("--only", choices=("runs", "kills", "disks", "people"))
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args()
    material.files()
    load()
    after: list[Ended] = []

    def tell(one: Ended) -> None:
        after.append(one)
        if len(after) % 100 == 0 or one.fault:
            print(f"{len(after)} {one.fault} {one.line[:150]}", file=sys.stderr, flush=True)

    found: dict[str, Any] = {}
    if options.only in {None, "runs"}:
        found |= summary(drawn(options.runs, options.seed, tell))
    for name, what in (("kills", lambda: killed(tell)), ("disks", lambda: full(tell)),
                       ("people", lambda: together(options.pairs))):  # fmt: skip
        if options.only in {None, name}:
            found[name], found[f"lost by {name}"] = what()
    if options.as_json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        for name, value in found.items():
            print(f"{name}: {value}")
    wrong = [name for name, value in found.items() if name.startswith(("lost", "faults")) and value]
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
