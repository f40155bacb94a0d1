"""Whatever is typed and whatever is in the files: a contract's exit code, never a traceback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.support import schemas, world
from tests.support.program import run
from typer.main import get_command

from lens_routes.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Town

#: What the contract allows, without 70: a fault of the program is what is looked for here.
CODES = {0, 2, 3, 4, 5, 6, 7, 130}
settings.register_profile(
    "fuzz",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
fuzz = settings.get_profile("fuzz")

#: Would reach for the internet or change the person's shell.
LEFT_ALONE = {"--online", "--install-completion", "--show-completion", "--version", "--help"}
WORDS = [
    "", " ", "-", "--", "-1", "0", "1", "3", "1e9", "9" * 40, "nan", "inf", "-inf", "٣", "½",
    "\udcff", "today", "2027-03-28", "2026-02-30", "9:30", "24:00", "6h", "90min", "0h", "8km",
    "1m", "fast", "musee", "gare", "terril=30", "musee=0", "=", "=5", "Musée de la Lampe",
    "musee musee", "culture", "50.43,2.79", "2.79,50.43", "90,180", "50.43,nan", "0,0",
    "2.77,50.41,2.79,50.43", "1,1,1,1", "nan,nan,nan,nan", "-180,-90,180,90", "a" * 300, "é",
    "\x1b[31m", "\n", "lens-routes", "{}", "'\"",
]  # fmt: skip
FILES = [
    "town.geojson", "town.osm", "day.json", "noise", "empty", "cut.geojson", "cut.osm.pbf", ".",
    "missing", "missing/folder/x", "town.geojson/x", "-", "\udcff", "x" * 300,
]  # fmt: skip


def _commands() -> Iterator[tuple[list[str], Any]]:
    waiting: list[tuple[list[str], Any]] = [([], get_command(app))]
    while waiting:
        path, command = waiting.pop()
        groups = getattr(command, "commands", {})
        waiting += [([*path, name], inner) for name, inner in groups.items()]
        # The download is fuzzed against a server of its own, in tests/streets.
        if not groups and path != ["streets", "download"]:
            yield path, command


def _value(parameter: Any) -> st.SearchStrategy[str]:
    if "path" in str(parameter.type).lower():
        return st.sampled_from(FILES)
    argv = st.text(st.characters(exclude_characters="\0", codec=None), max_size=8)
    return st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), argv)


def _line(path: list[str], command: Any) -> st.SearchStrategy[list[str]]:
    """Draw a command line: any of its options, each with any word."""
    parts: list[st.SearchStrategy[list[str]]] = []
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            parts.append(st.lists(_value(parameter), max_size=3))
        elif not LEFT_ALONE & set(parameter.opts):
            names = st.sampled_from([*parameter.opts, *parameter.secondary_opts])
            given_ = names.map(lambda name: [name])
            if not parameter.is_flag:
                given_ = st.tuples(names, _value(parameter)).map(list)
            # Seldom, so that some lines get past the first check.
            parts.append(st.one_of(*[st.just([])] * 4, given_))
    return st.tuples(*parts).map(lambda found: [*path, *(word for part in found for word in part)])


LINES = st.one_of([_line(path, command) for path, command in _commands()])


@pytest.fixture
def desk(town: Town, streets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with good and bad files to work in."""
    catalogue = town.catalogue.read_bytes()
    contents = {
        "town.geojson": catalogue,
        "cut.geojson": catalogue[:1500],
        "town.osm": town.map.read_bytes(),
        "cut.osm.pbf": b"\0\0\0\x0d\x0a\x09OSMHeader",
        "noise": bytes(range(256)),
        "empty": b"",
        "day.json": run("plan", "--places", town.catalogue, "--json").stdout,
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert streets.exists()
    return tmp_path


def answered(line: list[str]) -> None:
    """Run a command line and assert that the contract holds, whatever the answer."""
    result = run(*line)
    told = f"{line}\n{result.err}"
    assert result.code in CODES, told
    assert "Traceback" not in result.err, told
    if result.code == 0:
        return
    if "--json" in line:
        schemas.assert_valid({"error": result.error})
    else:
        assert result.out == "", told
        assert "Error: " in result.err, told


@pytest.mark.usefixtures("nine_o_clock")
@given(LINES)
@settings(fuzz, max_examples=150)
def test_any_command_line_is_answered(desk: Path, line: list[str]) -> None:
    """Any option with any word: an answer, or an error that the contract names."""
    answered(line)
    assert desk.exists()


@pytest.mark.usefixtures("nine_o_clock")
@given(strategies.requests(), st.sampled_from(WORDS), st.integers(0, 40))
@settings(fuzz, max_examples=40)
def test_a_good_request_with_one_bad_word_is_answered(
    desk: Path, asked: list[str], word: str, at: int
) -> None:
    """One slip in a request that makes sense."""
    words = ["plan", "--places", str(desk / "town.geojson"), "--json", *asked]
    words[min(at + 4, len(words) - 1)] = word
    answered(words)


def _damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """Draw a file that was good: cut, with bytes changed, or with something put in."""
    place = st.integers(0, len(data))
    return st.tuples(place, st.binary(max_size=6), st.integers(0, 6)).map(
        lambda d: data[: d[0]] + d[1] + data[d[0] + d[2] :]
    ) | st.tuples(place, st.binary(max_size=20)).map(lambda d: data[: d[0]] + d[1])


CATALOGUE = json.dumps(world.catalogue()).encode()
MAP = world.map_xml().encode()


@given(st.one_of(st.binary(max_size=200), _damaged(CATALOGUE)))
@settings(fuzz, max_examples=40)
def test_any_catalogue_file_is_answered(tmp_path: Path, content: bytes) -> None:
    """Any bytes as a catalogue: it is used, or what is wrong with it is said."""
    file = tmp_path / "own.geojson"
    file.write_bytes(content)
    answered(["places", "validate", str(file), "--json"])
    answered(["nearby", "50.43,2.79", "--places", str(file), "--json"])


@given(
    st.one_of(st.binary(max_size=200), _damaged(MAP)),
    st.sampled_from(["osm", "osm.gz", "osm.bz2", "osm.pbf"]),
)
@settings(fuzz, max_examples=40)
def test_any_map_file_is_answered(tmp_path: Path, content: bytes, ending: str) -> None:
    """Any bytes as a map: streets are imported, or what is wrong with the file is said."""
    file = tmp_path / f"own.{ending}"
    file.write_bytes(content)
    answered(["streets", "import", str(file), "--json"])


@given(st.data())
@settings(fuzz, max_examples=60)
def test_any_plan_file_is_answered(desk: Path, data: st.DataObject) -> None:
    """Any bytes as a saved plan: it holds, or what is wrong with it is said."""
    good = (desk / "day.json").read_bytes()
    file = desk / "own.json"
    file.write_bytes(data.draw(st.one_of(st.binary(max_size=200), _damaged(good))))
    answered(["check", str(file), "--places", str(desk / "town.geojson"), "--json"])


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(WORDS)
)  # fmt: skip
NAMED = st.dictionaries(st.sampled_from([*WORDS, *strategies.PLACES]), SCALARS, max_size=2)
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=2), NAMED)


@given(st.data())
@settings(fuzz, max_examples=100)
def test_any_field_of_a_plan_is_answered(desk: Path, data: st.DataObject) -> None:
    """Any value in any field of a saved plan: it holds, or the field is named."""
    document = json.loads((desk / "day.json").read_bytes())
    part, key = document, data.draw(st.sampled_from(sorted(document)))
    while data.draw(st.integers(0, 3)) and isinstance(part[key], dict | list) and part[key]:
        part = part[key]
        keys = sorted(part) if isinstance(part, dict) else range(len(part))
        key = data.draw(st.sampled_from(keys))
    part[key] = data.draw(VALUES)
    file = desk / "own.json"
    file.write_text(json.dumps(document), encoding="utf-8", errors="surrogatepass")
    answered(["check", str(file), "--places", str(desk / "town.geojson"), "--json"])
