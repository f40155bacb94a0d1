"""Plan the days of days.toml and write days.md, each day with its grade.

``python docs/days.py`` writes the page, ``--check`` fails where it is stale. Every day is planned
by the program itself, in this process: in an empty data directory, with a fixed clock, so that the
same program gives the same page anywhere. Days by train need the shared timetable; without it
their sections stay as they are.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import shlex
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.program import run  # noqa: E402

from lens_routes.text import language, wording  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PAGE = ROOT / "docs" / "days.md"
FEED = Path(os.environ.get("LENS_ROUTES_SHARED", ROOT.parent / "shared"), "gtfs/ter-2025-01.zip")
ADD_TRAINS = ("transit", "add", FEED, "--bbox", "places")
#: Before every day that is asked for, by train and not.
NOW, NOW_BY_TRAIN = "2026-01-02T08:00", "2025-01-22T08:00"
#: What is above this line of the page is written by hand.
MARK = "<!-- Below: made by docs/days.py. -->\n"


@dataclass(frozen=True)
class Ask:
    """One request of the table."""

    title: str
    ask: str
    now: str = ""
    lang: str = "en"
    train: bool = False
    visits: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    nothing: bool = False
    allow: tuple[str, ...] = ()
    because: str = ""

    @property
    def words(self) -> list[str]:
        """What is typed after the program's name."""
        return ["--lang", self.lang, "plan", *shlex.split(self.ask)]

    @property
    def clock(self) -> str:
        """The moment at which it is asked."""
        return self.now or (NOW_BY_TRAIN if self.train else NOW)


@dataclass(frozen=True)
class Answer:
    """What the program answers: the plan and its grade, or why there is none."""

    plan: Mapping[str, Any]
    grade: Mapping[str, Any]
    refusal: str = ""


def asks() -> list[Ask]:
    """Return the table."""
    with (ROOT / "docs" / "days.toml").open("rb") as stream:
        return [
            Ask(**{key: tuple(v) if isinstance(v, list) else v for key, v in row.items()})
            for row in tomllib.load(stream)["day"]
        ]


def answer(ask: Ask, folder: Path) -> Answer:
    """Plan a day in this process, with the clock and data directory of the environment."""
    saved = folder / "day.json"
    planned = run(*ask.words, "--save", saved, "--json")
    if planned.code:
        if not ask.nothing:
            raise RuntimeError(f"{ask.ask}: {planned.err}")
        error = planned.error
        return Answer({}, {}, "\n".join(filter(None, (error["message"], error["hint"]))))
    checked = run("--lang", ask.lang, "check", saved, "--grade", "--json")
    language.use(language.LANGUAGES[0])  # the page is English, whatever was spoken last
    return Answer(planned.document, checked.document["grade"])


def section(ask: Ask, answer: Answer) -> str:
    """Return a request and its answer as Markdown."""
    spoken = "" if ask.lang == "en" else f"--lang {ask.lang} "
    said = "With the shared timetable of trains.\n\n" if ask.train else ""
    lines = answer.refusal.splitlines()
    for day, grade in zip(answer.plan.get("days", ()), answer.grade.get("days", ()), strict=True):
        lines += [*_timetable(day), *_judged(grade)]
    shown = "\n".join(lines)
    return (
        f"## {ask.title}\n\n{said}`lens-routes {spoken}plan {ask.ask}`\n\n```text\n{shown}\n```\n"
    )


def _timetable(day: Mapping[str, Any]) -> Iterator[str]:
    """Yield a day's times, names and lengths."""
    date = dt.date.fromisoformat(day["date"])
    yield f"{wording.date(date)}, {wording.distance(day['totals']['walk_m'])} on foot"
    yield f"{_clock(day['start'])}  {day['start']['name']}"
    for leg, stop in zip(day["legs"], day["stops"], strict=False):
        yield from _rides(leg)
        begin, leave = (dt.datetime.fromisoformat(stop[end]) for end in ("begin", "leave"))
        yield f"{stop['begin'][11:16]}  {stop['name']}, {wording.between(begin, leave)}"
    yield from _rides(day["legs"][-1])
    yield f"{_clock(day['end'])}  {day['end']['name']}"


def _rides(leg: Mapping[str, Any]) -> Iterator[str]:
    for ride in leg["rides"]:
        yield (
            f"{ride['depart'][11:16]}    {ride['line']} {ride['from_stop']} to {ride['to_stop']}"
            f" {ride['arrive'][11:16]}"
        )


def _clock(end: Mapping[str, Any]) -> str:
    return str(end["time"][11:16])


def _judged(grade: Mapping[str, Any]) -> Iterator[str]:
    """Yield a day's grade, its figures, and what is objected to."""
    parts = {"visits": "visit_s", "way": "way_s", "waiting": "wait_s", "breaks": "break_s"}
    shares = (
        f"{name} {wording.percent(grade[key] / (grade['lasts_s'] or 1), 0)}"
        for name, key in parts.items()
    )
    yield f"{grade['grade'].capitalize()}, {grade['points']} of 10: {', '.join(shares)}"
    yield from (f"  -{item['points']}  {item['reason']}" for item in grade["objections"])


def page(sections: Sequence[str]) -> str:
    """Return the page: its head as it is, a list of its sections with their grades, and they."""
    head = PAGE.read_text("utf-8").partition(MARK)[0]
    return head + MARK + "\n" + "".join(map(_entry, sections)) + "\n" + "\n".join(sections)


def _entry(text: str) -> str:
    title = text.splitlines()[0].removeprefix("## ")
    anchor = re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
    grades = re.findall(r"^(\w+, \d+ of 10):", text, re.MULTILINE)
    return f"1. [{title}](#{anchor}): {'; '.join(grades).lower() or 'no day'}\n"


def sections_of(text: str) -> list[str]:
    """Return the sections of a page."""
    return re.findall(r"^## .*?\n```\n", text, re.MULTILINE | re.DOTALL)


def main() -> None:
    """Write or check the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="fail where the page is stale")
    parser.add_argument("titles", nargs="*", help="plan these days only; the others stay")
    given = parser.parse_args()
    old = PAGE.read_text("utf-8")
    kept = {part.splitlines()[0].removeprefix("## "): part for part in sections_of(old)}
    made = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(LENS_ROUTES_HOME=f"{folder}/home", LENS_ROUTES_CONFIG=f"{folder}/none")
        if FEED.is_file():
            run(*ADD_TRAINS)
        for ask in asks():
            os.environ["LENS_ROUTES_NOW"] = ask.clock
            stays = (given.titles and ask.title not in given.titles) or (
                ask.train and not FEED.is_file()
            )
            made.append(kept[ask.title] if stays else section(ask, answer(ask, Path(folder))))
    if given.check and page(made) != old:
        sys.exit("stale: docs/days.md; run: python docs/days.py")
    PAGE.write_text(page(made), encoding="utf-8")


if __name__ == "__main__":
    main()
