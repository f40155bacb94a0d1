"""What WHERE may be, without any network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lens_routes.errors import AmbiguousPlaceError, NotFoundError, PlaceNotFoundError, UsageError
from lens_routes.geocode.locate import locate
from lens_routes.plan.waypoint import Waypoint

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue


@pytest.mark.parametrize("where", ["gare-de-lens", "GARE DE LENS", "lens gare", " Gare  de Lens"])
def test_place(catalogue: Catalogue, where: str) -> None:
    """A place answers to its id and its name, and the waypoint carries the id."""
    assert locate(where, catalogue) == Waypoint("Gare de Lens", 2.8283, 50.4266, id="gare-de-lens")


@pytest.mark.parametrize(
    "where",
    [
        "50.43056,2.80333",
        " 50.43056 , 2.80333 ",
        "50.43056;2.80333",
        "50.43056 2.80333",
        "50.43056°, 2.80333°",
        "+50.43056,+2.80333",
    ],
)
def test_coordinates(catalogue: Catalogue, where: str) -> None:
    """Latitude comes first, as people and maps write it; the waypoint keeps (lon, lat)."""
    assert locate(where, catalogue) == Waypoint("50.43056, 2.80333", 2.80333, 50.43056)


def test_whole_degrees(catalogue: Catalogue) -> None:
    """Whole numbers are coordinates too, when a comma is between them."""
    assert locate("50,3", catalogue).point == (3.0, 50.0)


@pytest.mark.parametrize(
    ("where", "problem", "hint"),
    [
        ("2.80333,50.43056", "looks like longitude,latitude", "50.4306,2.80333"),
        ("91,2.8", "not on the earth", "latitude,longitude"),
        ("50.4,181", "not on the earth", "latitude,longitude"),
        ("-50.4,2.8", "km from Gare", "nearer"),
        ("48.8566,2.3522", "km from Gare", "--places"),
        ("50,43056 2,80333", "decimal commas", "50.43056,2.80333"),
        ("50,43056; 2,80333", "decimal commas", "50.43056,2.80333"),
    ],
)
def test_bad_coordinates(catalogue: Catalogue, where: str, problem: str, hint: str) -> None:
    """Swapped, impossible and far positions are refused with what to write, never guessed."""
    with pytest.raises(UsageError) as caught:
        locate(where, catalogue)
    assert problem in caught.value.message
    assert hint in caught.value.hint


def test_where_there_are_streets_nothing_is_too_far(catalogue: Catalogue) -> None:
    """Coordinates on the installed streets are taken, wherever the places are."""
    found = locate("43.73073,7.42129", catalogue, has_streets=lambda point: point.lat < 44)
    assert (found.lon, found.lat) == (7.42129, 43.73073)
    with pytest.raises(UsageError, match="the nearest place"):
        locate("48.85,2.35", catalogue, has_streets=lambda point: point.lat < 44)


def test_ambiguous(catalogue: Catalogue) -> None:
    """Words of two names are a question."""
    with pytest.raises(AmbiguousPlaceError, match="gare-de-bethune"):
        locate("gare", catalogue)


@pytest.mark.parametrize("where", ["gare de lans", "99 rue Paul Bert, Lens", "11 19", "", " "])
def test_unknown_offline(catalogue: Catalogue, where: str) -> None:
    """Without a geocoder nothing is looked up, and the hint names the option that would."""
    with pytest.raises(PlaceNotFoundError) as caught:
        locate(where, catalogue)
    assert "--online" in caught.value.hint
    if where == "gare de lans":
        assert "Gare de Lens (gare-de-lens)" in caught.value.hint


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.text(max_size=40) | st.from_regex(r"[+-]?\d{1,3}(\.\d*)?[,; ]+-?\d{1,3}(\.\d*)?"))
def test_any_words(catalogue: Catalogue, where: str) -> None:
    """Whatever is typed is a point near the catalogue, or a failure the program explains."""
    try:
        found = locate(where, catalogue)
    except (UsageError, NotFoundError) as error:
        f"{error.message} {error.hint}".encode()
    else:
        assert abs(found.lat - 50.47) < 2


@given(
    lon=st.floats(2.5, 3.0).map(lambda value: round(value, 6)),
    lat=st.floats(50.2, 50.7).map(lambda value: round(value, 6)),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_position_nearby(catalogue: Catalogue, lon: float, lat: float) -> None:
    """Any position of the area is taken to the last digit."""
    assert locate(f"{lat:.6f},{lon:.6f}", catalogue).point == (lon, lat)
