"""No corruption of a plan document escapes the checker, but for those named here."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.support import world
from tests.support.program import run

from lens_routes.catalogue.load import load
from lens_routes.judge.judge import judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")

#: What nobody can tell to be wrong from a document and a catalogue: who made it and when, how
#: sentences and directions are worded, which street is which, that no better tour exists, by how
#: much and in place of what another place would fit, what to ask for instead, and what was asked
#: where the answer would be the same.
FREE = re.compile(
    r"""(id|program|created|language)$
      | (warnings|provenance|translations)\b
      | days\.stops\.(description|hours|notes)$
      | days\.legs\.steps(\.(instruction|street))?$  # the metres of single streets add up
      | days\.legs\.(main_road_m|steps_m)$      # shares of a walk, up to the whole
      | days\.legs\.source$
      | left_out\.(reason|obstacle|amount|instead_of)$
      | hints\b                                # advice, found by planning again
      | (bound|proven)$                         # a bound nobody reaches; less than what is proven
      | request\.                               # see the test of what was asked
    """,
    re.VERBOSE,
)


@pytest.fixture
def plans(streets: Path, tmp_path: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Plan days of every kind over a town with prices and shortest visits."""
    assert streets.exists()
    document = world.catalogue()
    for feature in document["features"]:
        if feature["id"] == "musee":
            feature["properties"] |= {"visit_minutes_min": 30, "price_eur": 8}
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps(document), encoding="utf-8")
    asked = [
        ("--for", "2h", "--must", "musee", "--end", "eglise"),
        ("--lunch", "12:00-14:00,30min", "--for", "5h", "--avoid", "parc", "--max-visits", "4"),
        ("--days", "2", "--for", "3h", "--theme", "culture", "--theme", "mining-heritage"),
        ("--relaxed", "--appointment", "tour=12:30", "--budget", "10", "--for", "4h"),
    ]
    return [(own, run("plan", "--places", own, "--json", *words).document) for words in asked]


def corruptions(node: Any) -> Iterator[Any]:
    """Yield other values a field might hold, each wrong by more than rounding."""
    if isinstance(node, bool):
        yield not node
    elif isinstance(node, int | float):
        yield from (node + 7, node * 1.5 + 1, 0 if node else 1)
        if node > 7:
            yield node - 7
    elif isinstance(node, str):
        try:
            moment = dt.datetime.fromisoformat(node)
        except ValueError:
            yield from (f"{node} x", "")
            return
        if len(node) > len("2026-11-25"):
            yield from ((moment + dt.timedelta(minutes=m)).isoformat() for m in (-7, 7, 1440))
        else:
            yield (moment + dt.timedelta(days=1)).date().isoformat()
    elif isinstance(node, list) and node and not isinstance(node[0], float):
        yield from (node[: len(node) // 2], [*node, node[0]])


def fields(node: Any, name: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield everything in a document: its name without numbers, what holds it, under what key."""
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        inner = f"{name}.{key}".lstrip(".") if isinstance(key, str) else name
        yield inner, node, key
        # Of a line of many points the ends and one in between will do.
        if isinstance(value, dict) or (isinstance(value, list) and len(value) < 9):
            yield from fields(value, inner)


def test_every_corruption_is_caught(plans: list[tuple[Path, dict[str, Any]]]) -> None:
    """Whatever single field of a good plan is changed, dropped, doubled or reordered is noticed."""
    tried = 0
    escaped = set()
    for path, document in plans:
        catalogue = load(path)
        assert judge(document, catalogue) == []
        for name, holder, key in fields(document):
            before = holder[key]
            for value in () if FREE.match(name) else corruptions(before):
                if value != before:
                    tried += 1
                    holder[key] = value
                    if not judge(document, catalogue):
                        escaped.add((name, repr(before)[:40], repr(value)[:40]))
            holder[key] = before
    assert tried > 1000
    assert escaped == set(), "\n".join(map(str, sorted(escaped)))


def test_a_plan_is_not_judged_by_another_catalogue(
    plans: list[tuple[Path, dict[str, Any]]], town: Town
) -> None:
    """Over other data than it was made over, a plan that does not hold has that one fault."""
    _, document = plans[0]
    (fault,) = judge(document, load(town.catalogue))
    assert fault.path == "request.catalogue"
    assert "--places" in fault.message
