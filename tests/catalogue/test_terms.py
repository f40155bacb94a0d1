"""What themes and kinds are called: by the header of the catalogue in use, and by nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.support import world
from tests.support.program import run

from lens_routes.catalogue.find.search import filter_places
from lens_routes.catalogue.load import load
from lens_routes.catalogue.themes import require_theme
from lens_routes.errors import NotFoundError, ThemeNotFoundError, UsageError
from lens_routes.text.language import use
from lens_routes.timetable.network.wishes import Mode, Preference, parse_mode, parse_preference
from lens_routes.travel.foot.pace import parse_pace
from lens_routes.travel.ways import way_called

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Catalogue


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """Give the catalogue that comes with the program."""
    return load(None)


@pytest.mark.parametrize(
    ("word", "theme"),
    [
        ("culture", "culture"), ("Famille", "family"), ("en famille", "family"),
        ("family", "family"), ("Patrimoine minier", "mining-heritage"),
        ("patrimoine", "mining-heritage"), ("jardins", "parks"), ("jardin", "parks"),
        ("Parks and gardens", "parks"), ("mémoire", "memory"), ("viewpoint", "panorama"),
        ("Viewpoints", "panorama"), ("sports", "sport"),
    ],
)  # fmt: skip
def test_themes_by_any_of_their_names(shipped: Catalogue, word: str, theme: str) -> None:
    """Id, French or English label, a part that no other has; plural or not."""
    assert require_theme(shipped, word) == theme


@pytest.mark.parametrize("word", ["", "et", "a", "x", "🎨", "musée d’art", "famille nombreuse"])
def test_no_theme_is_guessed(shipped: Catalogue, word: str) -> None:
    """A word too short, or with more than a label has, is refused."""
    with pytest.raises(ThemeNotFoundError):
        require_theme(shipped, word)


@pytest.mark.parametrize("word", ["slag_heap", "slag heap", "Terrils", "terril", "Slag heaps"])
def test_kinds_by_any_of_their_names(shipped: Catalogue, word: str) -> None:
    """As the file has it, or as the header calls it in either language."""
    assert {place.kind for place in filter_places(shipped, kind=word)} == {"slag_heap"}


def test_an_unknown_kind_brings_what_there_is(shipped: Catalogue) -> None:
    """In the language in use."""
    use("fr")
    with pytest.raises(NotFoundError) as caught:
        filter_places(shipped, kind="zzz")
    assert "terril" in caught.value.hint


def test_every_theme_and_kind_of_the_shipped_catalogue_is_labelled(shipped: Catalogue) -> None:
    """The header names them all: an undeclared one would be its id in either language."""
    header = json.loads(shipped.path.read_text(encoding="utf-8"))["lens_routes"]
    assert {theme for place in shipped.places for theme in place.themes} <= header["themes"].keys()
    assert {place.kind for place in shipped.places} <= header["kinds"].keys()


@pytest.mark.usefixtures("nine_o_clock")
def test_a_foreign_header_names_its_own(tmp_path: Path) -> None:
    """A theme spelled like something the program says elsewhere keeps the label of its header."""
    catalogue = world.catalogue()
    for feature in catalogue["features"]:
        feature["properties"] |= {"themes": ["open"], "kind": "closed"}
    catalogue["lens_routes"] |= {
        "themes": {"open": {"en": "Open air", "fr": "Plein air"}},
        "kinds": {"closed": {"en": "Cloister", "fr": "Cloître"}},
    }
    file, day = tmp_path / "mine.geojson", tmp_path / "day.json"
    file.write_text(json.dumps(catalogue), encoding="utf-8")
    shown = run("places", "show", "musee", "--places", file, "--lang", "fr").out
    assert "cloître" in shown
    assert "plein air" in shown
    options = ["--places", file, "--theme", "plein", "--save", day]
    assert run("plan", *options, "--lang", "fr").out.startswith("Plein air")
    assert "Open air tour" in run("export", day, "--to", "markdown", "--lang", "en", "-o", "-").out


@pytest.mark.parametrize(
    ("word", "kmh"),
    [("slow", 3.5), ("lent", 3.5), ("Lente", 3.5), ("normale", 4.5), ("rapide", 5.5), ("4,2", 4.2)],
)
def test_paces(word: str, kmh: float) -> None:
    """By their names in either language, or in km/h."""
    assert parse_pace(word) == kmh


@pytest.mark.parametrize(
    ("word", "way"),
    [("walk", "walk"), ("Walking", "walk"), ("à pied", "walk"), ("on foot", "walk"),
     ("train", "transit"), ("transports en commun", "transit"), ("Bus", "transit"),
     ("broom", "broom")],
)  # fmt: skip
def test_ways_to_travel(word: str, way: str) -> None:
    """What people call them; an unknown word is left for the request to refuse."""
    assert way_called(word) == way


@pytest.mark.parametrize(
    ("word", "mode"),
    [("train", Mode.TRAIN), ("Trains", Mode.TRAIN), ("métro", Mode.METRO), ("bus", Mode.BUS),
     ("buses", Mode.BUS), ("coaches", Mode.BUS), ("autocar", Mode.BUS), ("bateau", Mode.FERRY),
     ("Téléphérique", Mode.CABLE_CAR), ("cable cars", Mode.CABLE_CAR), ("tramway", Mode.TRAM)],
)  # fmt: skip
def test_modes(word: str, mode: Mode) -> None:
    """What runs on a line, singular or plural, in either language."""
    assert parse_mode(word) is mode


def test_what_is_no_mode_is_refused() -> None:
    """What nothing runs on is refused with what there is."""
    with pytest.raises(UsageError):
        parse_mode("balai")


@pytest.mark.parametrize("word", ["fewer-changes", "fewer changes", "moins de correspondances"])
def test_preferences(word: str) -> None:
    """By their names in either language."""
    assert parse_preference(word) is Preference.FEWER_CHANGES
