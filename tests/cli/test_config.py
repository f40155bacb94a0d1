"""``config`` and ``--profile``: defaults reach every command, and say where they come from."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from tests.support import schemas
from tests.support.program import run

from lens_routes.cli.commands import tree
from lens_routes.cli.frame import command_tree
from lens_routes.settings.settings import read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")
OPTIONS = command_tree.options(tree())


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "folder" / "config.toml"
    file.parent.mkdir()
    monkeypatch.setenv("LENS_ROUTES_CONFIG", str(file))
    return file


def test_init_documents_every_option(config: Path) -> None:
    """The file has each option once, with its help and default, and by itself sets nothing."""
    config.parent.rmdir()
    assert run("config", "init").code == 0
    text = config.read_text(encoding="utf-8")
    assert read(config, OPTIONS).default_map(OPTIONS) == {}
    free = re.sub(r"(?m)^#(?=[a-z-]+ = )", "", text.partition("#[profile.")[0])
    document = tomllib.loads(free)
    plain = re.sub(r"\s+", " ", text.replace("\n#", ""))
    for option in OPTIONS:
        table = document
        for word in option.command:
            table = table[word]
        assert option.key in table, option
        if option.default is not None:
            assert table[option.key] == option.default, option
        assert option.help in plain, option
    assert document["lang"] == "fr"
    config.write_text(free, encoding="utf-8")
    for key, setting in read(config, OPTIONS).by_option.items():
        assert setting.line, key


def test_what_init_writes_is_what_is_built_in(config: Path, town: Town) -> None:
    """With every # taken away a command answers as it does without a file."""
    line = ("plan", "--json", "--places", str(town.catalogue), "--lang", "en")
    bare = run(*line)
    run("config", "init")
    free = config.read_text(encoding="utf-8").partition("#[profile.")[0]
    config.write_text(re.sub(r"(?m)^#(?=[a-z-]+ = )", "", free), encoding="utf-8")
    full = run(*line)
    assert bare.code == 0
    assert (full.code, full.out) == (0, bare.out)


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("for = '5h'", ["--until", "16:00"]),
        ("until = '16:00'", ["--for", "5h"]),
        ("end = 'halle'", ["--one-way"]),
        ("loop = false", ["--end", "halle"]),
        ("prefer = 'earlier'\navoid-mode = ['bus']\nmax-rides = 2", []),
    ],
)
def test_a_default_gives_way_to_what_is_typed(
    config: Path, town: Town, settings: str, line: list[str]
) -> None:
    """A default that an option on the line denies, or that is for rides only, is left aside."""
    line = ["plan", "--json", "--places", str(town.catalogue), *line]
    bare = run(*line)
    config.write_text(f"[plan]\n{settings}\n")
    assert bare.code == 0
    assert run(*line).out == bare.out


def test_a_default_of_one_format_stops_no_other(config: Path, town: Town, tmp_path: Path) -> None:
    """Defaults for GPX and PDF do not matter to CSV; typed, they are refused as ever."""
    day = str(tmp_path / "day.json")
    run("plan", "--places", str(town.catalogue), "--save", day)
    config.write_text(
        f"[all]\nplaces = '{town.catalogue}'\n[export]\ndevice = 'garmin'\npaper = 'a4'\n"
    )
    assert run("export", day, "--to", "csv", "-o", "-").code == 0
    refused = run("export", day, "--to", "csv", "-o", "-", "--device", "garmin")
    assert refused.code == 2
    assert "--device does nothing for csv" in refused.err


def test_init_replaces_nothing_unasked(config: Path) -> None:
    """A file that is there stays as it is without --force."""
    config.write_text("# mine\n")
    error = run("config", "init", "--json").error
    assert (error["code"], config.read_text()) == (2, "# mine\n")
    document = run("config", "init", "--force", "--json").document
    schemas.assert_valid(document)
    assert "[plan]" in config.read_text(encoding="utf-8")


def test_path(config: Path) -> None:
    """The path is said whether or not there is a file."""
    assert run("config", "path").out == f"{config}\n"
    document = run("config", "path", "--json").document
    schemas.assert_valid(document)
    assert document == {**document, "file": str(config), "exists": False}


def test_defaults_reach_the_commands(config: Path, town: Town) -> None:
    """File, profile, option: what is nearer to the question counts."""
    config.write_text(
        f"[all]\nplaces = '{town.catalogue}'\n[plan]\ntheme = 'nature'\nmax-visits = 1\n"
        "[profile.two.plan]\nmax-visits = 2\n[profile.two.places.list]\nkind = 'museum'\n"
    )

    def visits(*line: str) -> int:
        days = run("plan", "--json", *line).document["days"]
        return sum(stop["kind"] == "visit" for stop in days[0]["stops"])

    assert visits() == 1
    assert visits("--profile", "two") == 2
    assert visits("--max-visits", "1", "--profile=two") == 1
    assert "1 place\n" in run("--profile", "two", "places", "list").out
    assert "default: 1" in " ".join(run("plan", "--help").out.split())


def test_the_environment_chooses_a_profile(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LENS_ROUTES_PROFILE is --profile for a whole session; the option outdoes it."""
    config.write_text("[profile.a.plan]\ndays = 2\n[profile.b.plan]\ndays = 3\n")
    monkeypatch.setenv("LENS_ROUTES_PROFILE", "a")
    assert run("config", "show", "--json").document["profile"] == "a"
    assert run("config", "show", "--json", "--profile", "b").document["profile"] == "b"


def test_show_says_where_values_come_from(config: Path) -> None:
    """Each option has its value and its source; --changed leaves out what is built in."""
    config.write_text('lang = "fr"\n[plan]\ndays = 2\n[profile.x.plan]\nseed = 9\n')
    document = run("config", "show", "plan", "--profile", "x", "--json").document
    schemas.assert_valid(document)
    sources = {o["option"]: (o["value"], o["source"], o["line"]) for o in document["options"]}
    assert sources["days"] == (2, "file", 3)
    assert sources["seed"] == (9, "profile", 5)
    assert sources["max-walk"] == ("12km", "default", None)
    assert document["lang"] == {"value": "fr", "source": "file"}
    shown = run("config", "show", "--changed", "--lang", "en").out
    assert re.search(r"days +2 +line 3, \[plan\]", shown)
    assert "max-walk" not in shown
    assert len(run("config", "show", "--json").document["options"]) == len(OPTIONS)
    assert run("config", "show", "nothing", "--json").error["code"] == 2


def test_the_language_of_the_settings(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Locale, settings, LENS_ROUTES_LANG, --lang: the later in the row wins."""

    def language(*line: str) -> str:
        return str(run("config", "show", "--json", *line).document["lang"]["value"])

    monkeypatch.setenv("LC_ALL", "C")
    assert language() == "en"
    config.write_text('lang = "fr"\n')
    assert language() == "fr"
    monkeypatch.setenv("LENS_ROUTES_LANG", "en")
    assert language() == "en"
    assert language("--lang", "fr") == "fr"
    assert language("--lang", "en") == "en"


def test_a_bad_value_names_the_file(config: Path, town: Town) -> None:
    """What the command makes of a value is told with where it was set, unless it was typed."""
    config.write_text('[plan]\nmax-walk = "far"\nalternatives = 99\n')
    places = ("--places", town.catalogue)
    hint = run("plan", *places, "--alternatives", "1", "--json").error["hint"]
    assert f"--max-walk was set in {config}:2 [plan]." in hint
    error = run("plan", *places, "--max-walk", "8km", "--json").error
    assert f"{config}:3" in error["message"]
    assert "set in" not in run("plan", *places, "--alternatives=1", "--max-walk=x").err


@pytest.mark.parametrize("text", ["[plan", "[plan]\nnope = 1\n"])
def test_broken_settings_stop_no_help(config: Path, town: Town, text: str) -> None:
    """Commands that would use them are refused with 3; help, config and doctor go on."""
    config.write_text(text)
    places = ("--places", town.catalogue)
    error = run("places", "list", *places, "--json").error
    schemas.assert_valid({"error": error})
    assert error["code"] == 3
    assert str(config) in error["message"]
    for line in (("--help",), ("plan", "-h"), (), ("config", "show"), ("config", "path")):
        result = run(*line)
        assert result.code == 0, line
        assert "The settings are left aside" in result.err
    assert run("config", "init", "--force").code == 0
    config.write_text(text)
    findings = run("doctor", *places, "--json").document["findings"]
    assert {f["what"]: f["state"] for f in findings}["settings"] == "damaged"


def test_json_by_default(config: Path, town: Town) -> None:
    """Who wants JSON always gets failures as JSON too."""
    config.write_text(f"[nearby]\njson = true\nplaces = '{town.catalogue}'\n")
    assert run("nearby", "gare").document["schema"] == "lens-routes/nearby/1"
    assert run("nearby", "nowhere").error["code"] == 4
