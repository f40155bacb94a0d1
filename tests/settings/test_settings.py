"""The settings file: what it may hold, what outdoes what, and how its faults are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lens_routes.errors import BadInputError, UsageError
from lens_routes.files.toml_file import line_of
from lens_routes.settings.settings import Settings, glance, read
from lens_routes.settings.values import Option, check_value

if TYPE_CHECKING:
    from pathlib import Path

PLAN, LIST = ("plan",), ("places", "list")
OPTIONS = [
    Option(PLAN, "theme", "theme", "text", several=True),
    Option(PLAN, "max-walk", "max_walk", "text", default="12km"),
    Option(PLAN, "loop", "loop", "flag", default=True, instead="one-way"),
    Option(PLAN, "days", "days", "whole", default=1),
    Option(PLAN, "budget", "budget", "number"),
    Option(PLAN, "places", "places", "path"),
    Option(LIST, "theme", "theme", "text", several=True),
    Option(LIST, "places", "places", "path"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def settings(file: Path, text: str, profile: str | None = None) -> Settings:
    file.write_text(text, encoding="utf-8")
    return read(file, OPTIONS, profile)


def test_no_file_sets_nothing(file: Path) -> None:
    """Who has no settings file gets what is built in."""
    assert read(file, OPTIONS).default_map(OPTIONS) == {}


def test_what_outdoes_what(file: Path) -> None:
    """All commands, then the command, then the profile's two; each knows its table and line."""
    text = """\
[all]
theme = ["nature"]
places = "a.geojson"
[plan]
theme = ["culture"]
max-walk = "8km"
[profile.office.all]
places = "b.geojson"
[profile.office.plan]
max-walk = "5km"
"""
    alone = settings(file, text)
    assert alone.default_map(OPTIONS) == {
        "plan": {"theme": ["culture"], "max_walk": "8km", "places": "a.geojson"},
        "places": {"list": {"theme": ["nature"], "places": "a.geojson"}},
    }
    office = settings(file, text, "office")
    assert office.default_map(OPTIONS)["plan"] == {
        "theme": ["culture"],
        "max_walk": "5km",
        "places": "b.geojson",
    }
    setting = office.by_option[PLAN, "max-walk"]
    assert (setting.table, setting.line, setting.of_profile) == ("profile.office.plan", 10, True)


def test_the_language_is_for_everything(file: Path) -> None:
    """``lang`` stands at the top or in a profile; a glance finds it even in a file with faults."""
    text = 'lang = "fr"\n[plan]\ndays = "many"\n[profile.guests]\nlang = "en"\n'
    file.write_text(text)
    assert glance(file, None)["lang"] == "fr"
    assert glance(file, "guests")["lang"] == "en"
    file.write_text("lang = ")
    assert glance(file, None) == {}
    found = settings(file, 'lang = "fr"\n')
    assert found.language is not None
    assert (found.language.value, found.language.line) == ("fr", 1)


@pytest.mark.parametrize(
    ("key", "given", "taken"),
    [
        ("max-walk", '"8km"', "8km"),
        ("max-walk", "8", "8"),
        ("max-walk", "09:30:00", "09:30"),
        ("max-walk", "2026-12-05", "2026-12-05"),
        ("theme", '"culture"', ["culture"]),
        ("theme", '["a", "b"]', ["a", "b"]),
        ("loop", "false", False),
        ("days", "3", 3),
        ("budget", "12.5", 12.5),
        ("budget", "12", 12),
        ("budget", '""', None),
        ("max-walk", '""', "12km"),
        ("theme", '""', []),
    ],
)
def test_values_are_read_as_if_typed(file: Path, key: str, given: str, taken: object) -> None:
    """TOML's numbers, dates and times will do where the line takes a text; one item is a list."""
    found = settings(file, f"[plan]\n{key} = {given}\n")
    assert found.by_option[PLAN, key].value == taken


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("[plan]\nmax-wlak = 1", "line 2, [plan] max-wlak: lens-routes plan has no", "max-walk?"),
        ("[plan]\none-way = true", "other side of --loop", "loop = false"),
        ("[plann]\ndays = 1", "line 1, plann: There is no command plann.", "plan?"),
        ("[places.lits]\ntheme = 1", "There is no command places lits.", "list?"),
        ("days = 1", "line 1, days: A default stands in the table", "[plan]"),
        ("[all]\nzzzzzz = 1", "No command has an option --zzzzzz.", "config show"),
        ('[plan]\ndays = "2"', "'2' does not fit", "whole number"),
        ("[plan]\ndays = true", "true does not fit", "whole number"),
        ('[plan]\nloop = "no"', "'no' does not fit", "true or false"),
        ('[plan]\nbudget = "x"', "'x' does not fit", "a number"),
        ("[plan]\ntheme = [true]", "true does not fit", "theme = ["),
        ("[plan]\nmax-walk = [1]", "[…] does not fit", 'max-walk = "…"'),
        ('[plan]\nplaces = "a\\u0000b"', "does not fit", "between quotes"),
        ("[plan]\nmax-walk = {a = 1}", "{…} does not fit", ""),
        ('lang = "de"', "'de' is not a language", '"en" or "fr"'),
        ("profile = 3", "A profile is a table", ""),
        ("[profile]\noffice = 3", "A profile is a table", ""),
        ("[profile.other.plan]\nnope = 1", "line 2, [profile.other.plan] nope", ""),
        ("[plan\n", "line 1, column 6: this is not TOML", "quotes"),
        ('[plan]\nx = "', "this is not TOML", ""),
        ("[plan]\ndays = 1\ndays = 2", "this is not TOML", ""),
    ],
)
def test_faults_name_line_and_key(file: Path, text: str, says: str, hint: str) -> None:
    """Unknown keys, wrong kinds and broken TOML: file, line, key, and what may be meant."""
    with pytest.raises(BadInputError) as caught:
        settings(file, text)
    assert str(file) in caught.value.message
    assert says in caught.value.message
    assert hint in caught.value.hint


def test_all_faults_are_told_at_once(file: Path) -> None:
    """Each fault has a line of its own, up to what can be read."""
    with pytest.raises(BadInputError) as caught:
        settings(file, "[plan]\n" + "".join(f"x{n} = 1\n" for n in range(9)))
    assert len(caught.value.message.splitlines()) == 6
    assert "4 more" in caught.value.message


def test_a_file_that_is_none(file: Path, tmp_path: Path) -> None:
    """A folder, and a text in another encoding, are told as what they are."""
    with pytest.raises(BadInputError, match="cannot be read"):
        read(tmp_path, OPTIONS)
    file.write_bytes(b'[plan]\ntheme = "m\xe9moire"\n')
    with pytest.raises(BadInputError, match="line 2: the text is not in UTF-8"):
        read(file, OPTIONS)


def test_a_profile_that_is_not_there(file: Path) -> None:
    """Profiles are offered by name; where there are none, how to write one."""
    with pytest.raises(UsageError) as caught:
        settings(file, "[profile.office.plan]\ndays = 1\n", "home")
    assert "office" in caught.value.hint
    with pytest.raises(UsageError) as caught:
        settings(file, "", "home")
    assert "[profile.home.plan]" in caught.value.hint


def test_paths_know_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may say ~, which a shell would have expanded."""
    monkeypatch.setenv("HOME", "/somewhere")
    monkeypatch.setenv("USERPROFILE", "/somewhere")
    assert check_value(OPTIONS[5], "~/mine.geojson").replace("\\", "/") == "/somewhere/mine.geojson"


def test_lines_are_found_in_any_spelling() -> None:
    """Quoted keys, spaces, comments, arrays of tables: the key's line, else the table's."""
    text = '# a\n[ plan ] # b\n"days"=1\n[[tour]]\nx=1\n'
    assert line_of(text, "plan", "days") == 3
    assert line_of(text, "tour", "x") == 5
    assert line_of(text, "", "plan") == 2
    assert line_of(text, "plan", "other") == 2
    assert line_of(text, "nowhere", "x") == 0
