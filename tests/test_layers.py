"""The walls of the house: what may import what, and how full a room may be."""

from __future__ import annotations

import pytest
from tools import house

#: What each part at the top may import; the sentence of a request reads from the bottom up.
BASE = {"errors", "geo", "text"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "geo": set(),
    "text": {"errors"},
    "files": {"errors", "net", "text"},
    "net": {"errors", "text"},
    "settings": {"errors", "text", "files"},
    "plan": {"files", *BASE},
    "catalogue": {"files", *BASE},
    "streets": {"catalogue", "plan", "files", "net", *BASE},
    "timetable": {"files", "net", *BASE},
    "engines": {"judge", "travel", "timetable", "plan", "net", *BASE},
    "geocode": {"catalogue", "timetable", "plan", "files", "net", *BASE},
    "travel": {"streets", "timetable", "plan", "files", *BASE},
    "tour": {"plan", *BASE},
    "judge": {"catalogue", "timetable", "plan", *BASE},
    "output": {"plan", *BASE},
    "batch": {"settings", "catalogue", "output", "files", "net", *BASE},
    # The screens know the facade: neither planning, nor the ways, nor the judge.
    "explore": {"library", "output", "catalogue", "plan", "files", *BASE},
    "library": {"planning", "judge", "output", "geocode", "catalogue", "streets", "timetable"}
    | {"travel", "tour", "plan", "files", *BASE},
    "planning": {"catalogue", "streets", "timetable", "travel", "tour", "plan", *BASE},
}
#: Types that annotations may name beyond that: what a part works on, without calling it.
TYPES: dict[str, set[str]] = {
    "tour": {"catalogue", "travel"},
    "output": {"catalogue"},
    "batch": {"plan"},
    "explore": {"planning"},
}
MOST_MODULES = 15
MOST_LINES = 130

PARTS = sorted({name.partition(".")[0] for name in house.files() if name} - {"cli"})
PACKAGES = sorted({str(path.parent.relative_to(house.SOURCE)) for path in house.files().values()})


def _tops(names: frozenset[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("part", PARTS)
def test_nothing_imports_what_is_above_it(part: str) -> None:
    """A part imports what stands below it only; a new part has to be given its level here."""
    own = [module for module in house.modules().values() if module.name.partition(".")[0] == part]
    needed = set().union(*(_tops(module.needs) for module in own)) - {part}
    named = set().union(*(_tops(module.names) for module in own)) - {part}
    assert needed <= MAY_IMPORT[part]
    assert named <= MAY_IMPORT[part] | TYPES.get(part, set())


def test_the_levels_make_no_circle() -> None:
    """The table itself allows no part to reach itself."""
    assert not house.circle({part: MAY_IMPORT[part] | TYPES.get(part, set()) for part in PARTS})


def test_no_two_modules_import_each_other() -> None:
    """No module reaches itself through what it imports, types and late imports included."""
    assert not house.circle({name: set(module.imports) for name, module in house.modules().items()})


def test_no_two_rooms_import_each_other() -> None:
    """Within a package too, rooms depend downwards only."""
    assert not house.circle(house.rooms(house.modules()))


@pytest.mark.parametrize("package", PACKAGES)
def test_no_room_is_a_hall(package: str) -> None:
    """A package has so few modules of its own that a stranger can look them over."""
    own = [path.stem for path in (house.SOURCE / package).glob("[!_]*.py")]
    assert len(own) <= MOST_MODULES, own


def test_modules_are_short() -> None:
    """The mean module is short, and each says in one sentence what it is for."""
    assert (
        sum(module.lines for module in house.modules().values()) / len(house.modules()) < MOST_LINES
    )
    assert not [name for name, module in house.modules().items() if not house.purpose(module.path)]


def test_a_circle_is_seen() -> None:
    """The search for circles finds one where there is one."""
    assert house.circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
    assert not house.circle({"a": {"b", "c"}, "b": {"c"}, "c": set()})


#: Rooms that search: what they find is put into words elsewhere.
WORDLESS = ("tour.search", "tour.hourly", "tour.proof", "timetable.search")


@pytest.mark.parametrize("room", WORDLESS)
def test_a_search_imports_no_words(room: str) -> None:
    """Searching and proving give facts; sentences are made at the end, from them."""
    modules = [module for module in house.modules().values() if module.package == room]
    assert modules
    for module in modules:
        assert "text" not in _tops(module.imports), module.name
