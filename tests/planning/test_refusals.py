"""Who cannot be helped is told why, and what is said to help does."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from tests.support.program import Result, run

from lens_routes.catalogue.load import load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock", "streets")


@dataclass(frozen=True)
class Asked:
    """Options of ``plan``: when to begin and how long, minutes; how far, metres; the rest."""

    at: int = 600
    lasts: int = 360
    walk_m: int = 12_000
    budget: int | None = None
    musts: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    def plan(self, places: Path) -> Result:
        words = ["--at", f"{self.at // 60}:{self.at % 60:02}", "--for", f"{self.lasts}min"]
        words += ["--max-walk", f"{self.walk_m}m"]
        words += ["--budget", str(self.budget)] if self.budget is not None else []
        words += [word for must in self.musts for word in ("--must", must)]
        return run("plan", "--places", places, "--json", *words, *self.breaks, *self.more)


def relaxed(asked: Asked, way: str, names: dict[str, str]) -> Asked:
    """Return what was asked with a way that is said to help: options to type, or what to drop."""
    typed = re.search(r"\((--.*)\)$", way)
    if typed:
        return replace(asked, more=(*asked.more, *typed[1].split()))
    return _without(asked, way, names)


def _without(asked: Asked, change: str, names: dict[str, str]) -> Asked:
    """Return what was asked less what is to be left out or dropped."""
    if change.startswith("leave out"):
        return replace(asked, more=())
    dropped = change.removeprefix("drop ")
    if dropped.startswith("Lunch"):
        return replace(asked, breaks=())
    gone = {names[name] for name in re.split(", | and ", dropped)}
    return replace(asked, musts=tuple(must for must in asked.musts if must not in gone))


REFUSED = [
    Asked(lasts=20),
    Asked(walk_m=100),
    Asked(lasts=40, walk_m=500),
    Asked(lasts=100, musts=("musee",)),
    Asked(lasts=100, walk_m=500, musts=("musee",)),
    Asked(lasts=180, musts=("musee", "terril")),
    Asked(lasts=240, walk_m=2_000, musts=("musee", "terril", "eglise")),
    Asked(lasts=150, musts=("musee",), breaks=("--lunch", "10:30-12:00,60min")),
    Asked(at=960, lasts=90, musts=("musee", "eglise"), more=("--relaxed",)),
    Asked(lasts=60, walk_m=2_000, more=("--end", "terril")),
    Asked(lasts=90, breaks=("--lunch", "12:00-13:00,60min"), more=("--end", "terril")),
]


@pytest.mark.parametrize("asked", REFUSED)
def test_what_is_said_to_help_does(town: Town, asked: Asked) -> None:
    """Each change offered makes a plan when it is typed, last of all options."""
    error = asked.plan(town.catalogue).error
    assert error["code"] == 5
    names = {place.name: place.id for place in load(town.catalogue).places}
    said = re.fullmatch(r"It would help to (.*)\.", error["hint"])
    if said is None:
        assert "start elsewhere" in error["hint"] or "something else" in error["hint"]
        return
    for way in said[1].split(", or to "):
        assert relaxed(asked, way, names).plan(town.catalogue).code == 0, way


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--must", "musee", "--avoid", "musee"], 2, "musee"),
        (["--appointment", "musee=11:00", "--appointment", "terril=11:30"], 5, "11:30"),
        (["--appointment", "musee=12:15", "--lunch", "12:00-13:00,60min"], 5, "12:00 and 13:00"),
        (
            ["--lunch", "12:00-13:00,60min", "--break", "12:15-13:00,30min"],
            5,
            "Break (30 min between 12:15 and 13:00)",
        ),
        (["--must", "musee", "--must", "terril", "--for", "2h"], 5, "late"),
        (["--visit", "musee=400", "--for", "6h"], 2, "musee=400"),
        (["--must", "musee", "--visit", "musee=350", "--for", "6h"], 5, "late"),
        (["--must", "halle"], 5, "Saturday 28 November 2026 at 08:00"),
        (["--theme", "sport"], 4, "sport"),
        (["--theme", "parks", "--avoid", "parc"], 5, "avoided"),
        (["--for", "5min"], 5, "late"),
        (["--max-visits", "1", "--must", "musee", "--must", "terril"], 2, "--max-visits"),
        (["--start", "48.85,2.35"], 2, "177 km"),
    ],
)
def test_bad_requests_are_told_apart(town: Town, words: list[str], code: int, told: str) -> None:
    """Contradictions are code 2, what nobody knows 4, what does not fit 5; each helps."""
    error = run("plan", "--places", town.catalogue, "--json", *words).error
    assert error["code"] == code
    assert told in error["message"]
    assert error["hint"]
