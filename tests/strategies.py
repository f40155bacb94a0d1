"""What people may ask for, drawn by Hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from tests.support import world

if TYPE_CHECKING:
    from collections.abc import Callable

PLACES = [feature["id"] for feature in world.catalogue()["features"]]
THEMES = sorted({t for f in world.catalogue()["features"] for t in f["properties"]["themes"]})

#: Ordinary days, holidays, and both days on which clocks change.
DATES = [
    "2026-11-24",
    "2026-11-28",
    "2026-12-25",
    "2027-03-28",
    "2027-10-31",
    "2027-05-01",
    "today",
]
#: Opening hours of every temper.
HOURS = [
    "24/7", "10:00-18:00", "We-Mo 10:00-12:00,14:00-18:00", "Sa 08:00-12:00", "22:00-03:00", "off",
    "sunrise-sunset", '10:00-11:00; 11:00-18:00 unknown "if staffed"', "10:00+", "PH off; Tu-Fr",
    'unknown "by appointment"', 'off "for rebuilding"', "Jul-Aug 10:00-18:00", "12:00-12:05",
]  # fmt: skip


def _option(name: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.one_of(st.just([]), values.map(lambda value: [name, value]))


def requests() -> st.SearchStrategy[list[str]]:
    """Draw the options of ``plan``: each may be there or not, each makes sense by itself."""
    place = st.sampled_from(PLACES)
    near = st.tuples(st.floats(50.41, 50.44), st.floats(2.77, 2.82))
    where = st.one_of(place, near.map(lambda p: f"{p[0]:.5f},{p[1]:.5f}"))
    clock = st.tuples(st.integers(0, 23), st.sampled_from([0, 7, 30, 59]))
    return st.tuples(
        _option("--theme", st.sampled_from(THEMES)),
        _option("--theme", st.sampled_from(THEMES)),
        _option("--start", where),
        st.one_of(_option("--end", where), st.just(["--one-way"])),
        _option("--date", st.sampled_from(DATES)),
        _option("--at", clock.map(lambda c: f"{c[0]}:{c[1]:02}")),
        _option("--for", st.integers(1, 18 * 60).map(lambda minutes: f"{minutes}min")),
        _option("--must", place),
        _option("--avoid", place),
        _option("--max-walk", st.integers(1, 20_000).map(lambda metres: f"{metres}m")),
        _option("--max-visits", st.integers(1, 4).map(str)),
        _option("--pace", st.sampled_from(["slow", "fast", "1", "9", "4.44"])),
        _option("--visit", st.tuples(place, st.integers(1, 300)).map(lambda v: f"{v[0]}={v[1]}")),
        st.sampled_from([[], ["--strict-hours"]]),
        st.sampled_from([[], [], ["--relaxed"]]),
        st.sampled_from([[], [], ["--days", "2"], ["--alternatives", "2"]]),
        st.sampled_from(
            [[], [], ["--lunch", "12:00-14:00,45min"], ["--break", "9:00-20:00,20min"]]
        ),
        st.sampled_from([[], [], [], ["--budget", "0"], ["--budget", "7.5"]]),
        st.one_of(
            st.just([]),
            st.just([]),
            st.tuples(place, clock).map(
                lambda a: ["--appointment", f"{a[0]}={a[1][0]}:{a[1][1]:02}"]
            ),
        ),
        _option("--seed", st.integers(-5, 5).map(str)),
    ).map(lambda parts: [word for part in parts for word in part])


@st.composite
def catalogues(draw: Callable[..., Any]) -> dict[str, Any]:
    """Draw the made-up town with other hours, visits and worth, some places fewer."""
    document = world.catalogue()
    kept = draw(st.sets(st.sampled_from(PLACES), min_size=1)) | {"gare"}
    document["features"] = [f for f in document["features"] if f["id"] in kept]
    for feature in document["features"]:
        properties = feature["properties"]
        properties["opening_hours"] = draw(st.one_of(st.none(), st.sampled_from(HOURS)))
        properties["outdoor"] = draw(st.booleans())
        properties["visit_minutes"] = draw(st.sampled_from([1, 5, 30, 90, 240]))
        if draw(st.booleans()):
            properties["visit_minutes_min"] = max(1, properties["visit_minutes"] // 2)
        properties["interest"] = draw(st.integers(1, 5))
        properties["price_eur"] = draw(st.sampled_from([None, 0, 4, 6.5]))
        properties["kind"] = draw(st.sampled_from(["museum", "church"]))
    return document
