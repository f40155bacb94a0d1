"""Searching, filtering, and naming one place."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.effort import examples

from lens_routes.catalogue.find.find import find, suggestions
from lens_routes.catalogue.find.search import filter_places, search
from lens_routes.catalogue.load import load
from lens_routes.catalogue.themes import require_theme, themes
from lens_routes.errors import (
    AmbiguousPlaceError,
    NotFoundError,
    PlaceNotFoundError,
    ThemeNotFoundError,
)

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue

SHIPPED = load()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("louvre", "louvre-lens"),
        ("LOUVRE-LENS", "louvre-lens"),
        ("louvre museum", "louvre-lens"),
        ("musée louvr", "louvre-lens"),
        ("Nœux", "gare-de-noeux-les-mines"),
        ("noeux", "gare-de-noeux-les-mines"),
        ("st theodore", "eglise-saint-theodore"),
        ("téodore", "eglise-saint-theodore"),
        ("canadian memorial", "memorial-de-vimy"),
        ("trail", "terril-94"),
        ("slag heap", "terril-94"),
        ("patrimoine minier", "terril-94"),
        ("loison", "gare-de-loison-sous-lens"),
    ],
)
def test_search(catalogue: Catalogue, words: str, first: str) -> None:
    """Accents, case, ligatures, languages and slips of the pen are forgiven."""
    hits = search(catalogue, words)
    assert hits[0].place.id == first
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_search_names_before_texts(catalogue: Catalogue) -> None:
    """What a place is called counts more than where it is."""
    found = [hit.place.id for hit in search(catalogue, "gare lens")]
    assert found[0] == "gare-de-lens"
    assert set(found) == {"gare-de-lens", "gare-de-loison-sous-lens"}


@pytest.mark.parametrize("words", ["", "!?", "zzzz", "xylophone quartet"])
def test_search_in_vain(catalogue: Catalogue, words: str) -> None:
    """What answers to nothing finds nothing."""
    assert search(catalogue, words) == []


def test_search_most_words(catalogue: Catalogue) -> None:
    """A word nobody knows does not hide what the others find."""
    assert search(catalogue, "louvre museum xylophone")[0].place.id == "louvre-lens"


def test_numbers_are_exact(catalogue: Catalogue) -> None:
    """No slip is seen in a number: slag heap 94 is not 95."""
    assert search(catalogue, "95") == []


@pytest.mark.parametrize(
    ("words", "identity"),
    [
        ("gare-de-lens", "gare-de-lens"),
        (" gare-de-lens ", "gare-de-lens"),
        ("Gare de Lens", "gare-de-lens"),
        ("GARE DE LENS", "gare-de-lens"),
        ("gare lens", "gare-de-lens"),
        ("lens gare", "gare-de-lens"),
        ("Louvre-Lens museum", "louvre-lens"),
        ("louvre lens", "louvre-lens"),
        ("eglise st theodore", "eglise-saint-theodore"),
        ("canadian memorial", "memorial-de-vimy"),
        ("gare noeux", "gare-de-noeux-les-mines"),
        ("terril", "terril-94"),
        ("eglise theod", "eglise-saint-theodore"),
    ],
)
def test_find(catalogue: Catalogue, words: str, identity: str) -> None:
    """A place answers to its id, its names, and words of them that no other place has."""
    assert find(catalogue, words).id == identity


def test_find_every_place() -> None:
    """Every shipped place is found by its id, and by its name unless another bears it too."""
    names = [place.name for place in SHIPPED.places]
    for place in SHIPPED.places:
        assert find(SHIPPED, place.id) is place
        if names.count(place.name) == 1:
            assert find(SHIPPED, place.name) is place


def test_find_ambiguous(catalogue: Catalogue) -> None:
    """Several places that answer alike are listed with their ids."""
    with pytest.raises(AmbiguousPlaceError) as caught:
        find(catalogue, "gare")
    for identity in ("gare-de-lens", "gare-de-loison-sous-lens", "gare-de-noeux-les-mines"):
        assert f"({identity})" in caught.value.message
    assert "louvre" not in caught.value.message


def test_find_ambiguous_many() -> None:
    """A long list is cut short, and says by how much."""
    with pytest.raises(AmbiguousPlaceError, match=r"or \d+ more"):
        find(SHIPPED, "lens")


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("gare de lans", "gare-de-lens"),
        ("louvre lnes", "louvre-lens"),
        ("mémorial canadien", "memorial-de-vimy"),
        ("bouvre-lens", "louvre-lens"),
    ],
)
def test_find_never_guesses(catalogue: Catalogue, words: str, near: str) -> None:
    """A slip of the pen is answered with the nearest names, never with a place."""
    with pytest.raises(PlaceNotFoundError) as caught:
        find(catalogue, words)
    assert f"({near})" in caught.value.hint
    assert suggestions(catalogue, words)[0].id == near


@pytest.mark.parametrize("words", ["", "  ", "?", "zzzz"])
def test_find_nothing(catalogue: Catalogue, words: str) -> None:
    """Where nothing is near, the hint says where to look."""
    with pytest.raises(PlaceNotFoundError) as caught:
        find(catalogue, words)
    assert "places list" in caught.value.hint


@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=300))
def test_any_words(words: str) -> None:
    """Whatever is typed, the answer is a place or a message that can be printed."""
    search(SHIPPED, words)
    for answer in (find, require_theme):
        with contextlib.suppress(NotFoundError):
            answer(SHIPPED, words)


@pytest.mark.parametrize("words", ["\x1b[31mred", "\ud800", "\u202egare", "x" * 5000])
def test_messages_can_be_printed(words: str) -> None:
    """What was typed is quoted short and without what a terminal would obey."""
    for answer in (find, require_theme):
        with pytest.raises(NotFoundError) as caught:
            answer(SHIPPED, words)
        assert len(caught.value.message) < 400
        assert "\x1b" not in caught.value.message
        caught.value.message.encode()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {},
            [
                "louvre-lens",
                "parc-du-louvre-lens",
                "gare-de-lens",
                "gare-de-loison-sous-lens",
                "gare-de-noeux-les-mines",
                "eglise-saint-theodore",
                "memorial-de-vimy",
                "terril-94",
            ],
        ),
        ({"themes": ["memory"]}, ["eglise-saint-theodore", "memorial-de-vimy"]),
        (
            {"themes": ["memory", "culture"], "commune": "LENS"},
            ["louvre-lens", "parc-du-louvre-lens", "eglise-saint-theodore"],
        ),
        ({"kind": "Slag heap"}, ["terril-94"]),
        ({"commune": "noeux les mines"}, ["gare-de-noeux-les-mines"]),
    ],
)
def test_filter(catalogue: Catalogue, options: dict[str, Any], expected: list[str]) -> None:
    """Themes are alternatives; theme, kind and commune must all fit; the file's order stays."""
    assert [place.id for place in filter_places(catalogue, **options)] == expected


def test_filter_near(catalogue: Catalogue) -> None:
    """Near a point the nearest place comes first, and what is too far is left out."""
    louvre = catalogue.by_id["louvre-lens"].point
    near = filter_places(catalogue, near=louvre, within_m=500.0)
    assert [place.id for place in near] == [
        "louvre-lens",
        "parc-du-louvre-lens",
        "eglise-saint-theodore",
    ]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"commune": "Lans"}, "Lens"),
        ({"kind": "musem"}, "museum"),
        ({"kind": "zzz"}, "station"),
    ],
)
def test_filter_unknown(catalogue: Catalogue, options: dict[str, Any], word: str) -> None:
    """A kind or commune no place has is an error that names the nearest, or all."""
    with pytest.raises(NotFoundError) as caught:
        filter_places(catalogue, **options)
    assert word in caught.value.hint


@pytest.mark.parametrize(
    ("word", "identity"),
    [
        ("memory", "memory"),
        ("Mémoire", "memory"),
        ("MEMOIRE", "memory"),
        ("patrimoine minier", "mining-heritage"),
        ("Mining Heritage", "mining-heritage"),
        ("mining_heritage", "mining-heritage"),
    ],
)
def test_require_theme(catalogue: Catalogue, word: str, identity: str) -> None:
    """A theme answers to its id and to its labels in both languages."""
    assert require_theme(catalogue, word) == identity


def test_unknown_theme(catalogue: Catalogue) -> None:
    """An unknown theme is answered with the nearest and the list of those borne."""
    with pytest.raises(ThemeNotFoundError) as caught:
        require_theme(catalogue, "memmory")
    assert "Did you mean memory?" in caught.value.hint
    assert "culture, memory, mining heritage" in caught.value.hint.lower()
    with pytest.raises(ThemeNotFoundError):
        require_theme(catalogue, "sport")  # declared, and borne by no place


def test_theme_counts(catalogue: Catalogue) -> None:
    """Themes are counted in the catalogue's order, also those no place bears."""
    counts = [(count.theme.id, count.places, count.tourable) for count in themes(catalogue)]
    assert counts == [
        ("culture", 2, 2),
        ("memory", 2, 2),
        ("mining-heritage", 1, 1),
        ("sport", 0, 0),
    ]


def test_of_several_sights_the_greatest_is_named_first() -> None:
    """Who asks for Vimy by its name alone means the memorial, not the station."""
    with pytest.raises(AmbiguousPlaceError) as caught:
        find(SHIPPED, "vimy")
    assert caught.value.details[0]["id"] == "memorial-national-du-canada-vimy"
