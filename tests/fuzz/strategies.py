"""Hostile runs, drawn by Hypothesis: any option with any word, any file damaged in any way.

A run is a command line and the files it finds. The tests draw a few of them, each time the same;
``benchmarks/hostile.py`` draws as many as one has time for.
"""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st
from tests.fuzz import material
from tests.strategies import PLACES, requests
from tests.timetable.small_feeds import TABLES

from lens_routes.cli.commands import tree
from lens_routes.cli.frame.command_tree import commands

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Would change the person's shell, wait for a terminal, or reach for the internet.
LEFT_ALONE = {"--online", "--install-completion", "--show-completion", "--version", "--help"}
#: Downloads are tried against servers of their own; what is made for a terminal needs one.
LEFT_OUT = {
    ("streets", "download"), ("elevation", "download"), ("transit", "update"), ("explore",),
    ("start-here",),
}  # fmt: skip
#: Words that options take, and that none should.
WORDS = [
    "", " ", "-", "--", "-1", "0", "1", "3", "1e9", "1e999", "9" * 40, "nan", "inf", "-inf", "٣",
    "½", "\udcff", "today", "2027-03-28", "2026-02-30", "9999-12-31", "9:30", "24:00", "6h",
    "90min", "0h", "8km", "1m", "fast", "musee", "gare", "terril=30", "musee=0", "=", "=5",
    "Musée de la Lampe", "musee musee", "culture", "50.43,2.79", "2.79,50.43", "90,180",
    "50.43,nan", "0,0", "2.77,50.41,2.79,50.43", "1,1,1,1", "nan,nan,nan,nan", "-180,-90,180,90",
    "a" * 300, "é", "\x1b[31m", "\n", "lens-routes", "{}", "'\"", "[/x]", "[bold]", "%s", "\u202e",
    "../../x", "~nobody-at-all/x", "12:00-14:00,1h", "12:00-14:00,9999h", "transit", "bike",
]  # fmt: skip
#: Paths, most of them of no use.
FILES = [
    *("town.geojson", "town.osm", "day.json", "tours.toml", "table.csv", "points.gpx", "feed.zip"),
    *(
        "graph.graphml",
        "heights.asc",
        "noise",
        "empty",
        ".",
        "missing",
        "missing/folder/x",
        "town.geojson/x",
    ),
    *("-", "\udcff", "x" * 300, "/dev/null", "/dev/zero"),
]


class Run(NamedTuple):
    """A command line, and the files that are not as they should be."""

    line: tuple[str, ...]
    files: Mapping[str, bytes]


def lines() -> st.SearchStrategy[list[str]]:
    """Draw a command line: any of the options of any command, each with any word."""
    found = commands(tree())
    return st.one_of([_line(words, one) for words, one in found if words not in LEFT_OUT])


def _line(words: tuple[str, ...], command: Any) -> st.SearchStrategy[list[str]]:
    parts: list[st.SearchStrategy[list[str]]] = []
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            parts.append(st.lists(_value(parameter), max_size=3))
        elif not LEFT_ALONE & set(parameter.opts):
            names = st.sampled_from([*parameter.opts, *parameter.secondary_opts])
            given = names.map(lambda name: [name])
            if not parameter.is_flag:
                given = st.tuples(names, _value(parameter)).map(list)
            # Seldom, so that some lines get past the first check.
            parts.append(st.one_of(*[st.just([])] * 4, given))
    return st.tuples(*parts).map(lambda some: [*words, *(word for part in some for word in part)])


def _value(parameter: Any) -> st.SearchStrategy[str]:
    if "path" in str(parameter.type).lower():
        return st.sampled_from(FILES)
    argv = st.text(st.characters(exclude_characters="\0", codec=None), max_size=8)
    return st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), argv)


def slips() -> st.SearchStrategy[list[str]]:
    """Draw a request that makes sense but for one word."""

    def slip(drawn: tuple[list[str], str, int]) -> list[str]:
        asked, word, at = drawn
        words = ["plan", "--places", "town.geojson", *asked]
        words[min(at + 3, len(words) - 1)] = word
        return words

    return st.tuples(requests(), st.sampled_from(WORDS), st.integers(0, 40)).map(slip)


def damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """Draw a file that was good: cut, with bytes changed, or with something put in."""
    place = st.integers(0, len(data))
    changed = st.tuples(place, st.binary(max_size=6), st.integers(0, 6))
    cut = st.tuples(place, st.binary(max_size=20))
    return changed.map(lambda d: data[: d[0]] + d[1] + data[d[0] + d[2] :]) | cut.map(
        lambda d: data[: d[0]] + d[1]
    )


#: What may stand in a text file where a number or a word stood.
_STRANGE = ["", "-1", "1e999", "NaN", "9" * 400, "[[", "\x00", "é" * 50, '"', "0x1F", "\u202e", "<"]
_TOKEN = re.compile(r"[\w.:/-]+")


def miswritten(text: str) -> st.SearchStrategy[bytes]:
    """Draw a text with one of its words or numbers replaced."""
    spans = [found.span() for found in _TOKEN.finditer(text)]

    def put(drawn: tuple[tuple[int, int], str]) -> bytes:
        (begin, end), word = drawn
        return (text[:begin] + word + text[end:]).encode("utf-8", "surrogatepass")

    return st.tuples(st.sampled_from(spans), st.sampled_from(_STRANGE + WORDS)).map(put)


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(WORDS),
    st.sampled_from([10**400, -(10**20), 1e308, float("inf")]),
)  # fmt: skip
NAMED = st.dictionaries(st.sampled_from([*WORDS, *PLACES]), SCALARS, max_size=2)
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=2), NAMED)


@st.composite
def misfilled(draw: st.DrawFn, data: bytes) -> bytes:
    """Draw a JSON document with any value in any of its fields, or without it."""
    document = json.loads(data)
    part: Any = document
    while True:
        keys = sorted(part) if isinstance(part, dict) else range(len(part))
        key = draw(st.sampled_from(keys))
        if not (isinstance(part[key], dict | list) and part[key]) or not draw(st.integers(0, 4)):
            break
        part = part[key]
    if draw(st.integers(0, 9)):
        part[key] = draw(VALUES)
    else:
        del part[key]
    return json.dumps(document).encode("utf-8", "surrogatepass")


@st.composite
def feeds(draw: st.DrawFn) -> bytes:
    """Draw a timetable with one of its tables miswritten, missing or of noise."""
    tables = copy.copy(TABLES)
    name = draw(st.sampled_from(sorted(tables)))
    how = draw(st.integers(0, 9))
    if how == 0:
        del tables[name]
    elif how == 1:
        tables[name] = draw(st.text(max_size=50))
    else:
        tables[name] = draw(miswritten(tables[name])).decode("utf-8", "replace")
    return material.packed(tables)


def _of(name: str) -> st.SearchStrategy[bytes]:
    """Draw a hostile file of the kind of one of the sound ones."""
    sound = material.files()[name]
    ways = [damaged(sound), st.binary(max_size=200)]
    if name.endswith("json"):
        ways += [misfilled(sound), misfilled(sound), misfilled(sound)]
    elif name == "feed.zip":
        ways += [feeds(), feeds(), feeds()]
    else:
        ways += [miswritten(sound.decode())] * 2
    return st.one_of(ways)


#: What reads a file of each kind.
READERS: dict[str, tuple[str, ...]] = {
    "town.geojson": (
        "places validate {}",
        "places list --places {}",
        "places check --places {}",
        "nearby 50.43,2.79 --places {}",
        "plan --places {} --for 2h",
        "places edit musee --set interest=3 --places {} --yes",
        "places import {} --places town.geojson --dry-run",
    ),
    "day.json": (
        "check {} --places town.geojson",
        "replan {} --now 12:00 --places town.geojson",
        "export {} --to gpx -o -",
        "export {} --to csv -o -",
        "export {} --to html -o out.html --force",
        "export {} --to ics -o -",
        "export {} --to geojson -o -",
        "export {} --to md -o -",
    ),
    "tours.toml": ("batch {} -o out --jobs 1",),
    "config.toml": ("config show", "plan --for 2h", "doctor", "--help", "places list --json"),
    "table.csv": ("places import {} --places town.geojson --dry-run",),
    "points.gpx": ("places import {} --places town.geojson --dry-run",),
    "town.osm": ("streets import {} --places town.geojson",),
    "graph.graphml": ("streets import {} --places town.geojson",),
    "heights.asc": ("elevation add {} --crs EPSG:2154", "elevation add {}"),
    "feed.zip": ("transit add {} --places town.geojson --name x", "transit add {}"),
}


def documents() -> st.SearchStrategy[Run]:
    """Draw a hostile file, and a command that reads it."""

    def kind(name: str) -> st.SearchStrategy[Run]:
        hostile = f"own-{name}" if name != "config.toml" else name
        return st.tuples(
            st.sampled_from(READERS[name]), _of(name), st.sampled_from([(), ("--json",)])
        ).map(
            lambda drawn: Run(
                (*(word.format(hostile) for word in drawn[0].split()), *_fitting(*drawn[::2])),
                {hostile: drawn[1]},
            )
        )

    return st.one_of([kind(name) for name in READERS])


def _fitting(line: str, more: tuple[str, ...]) -> tuple[str, ...]:
    return () if line.startswith(("--help", "export")) or "--json" in line else more


def runs() -> st.SearchStrategy[Run]:
    """Draw a hostile run of any kind."""
    alone = st.one_of(lines(), slips()).map(lambda line: Run(tuple(line), {}))
    return st.one_of(alone, documents(), documents())
