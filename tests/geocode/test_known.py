"""Stops and communes as places to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.program import run
from tests.timetable.small_feeds import calls, trips, write

from lens_routes.errors import AmbiguousPlaceError, PlaceNotFoundError, UsageError
from lens_routes.geocode.communes import communes
from lens_routes.geocode.locate import locate
from lens_routes.plan.waypoint import Waypoint
from lens_routes.travel.rides.timetables import open_network

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.timetable.network.network import Network

STOPS = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
    f"{stop},{name},{lat},{lon}\n"
    for stop, name, lat, lon in (
        ("A", "Arras", 50.287, 2.7813),
        ("L", "Lens", 50.4268, 2.8281),
        ("B", "Bully Grenay", 50.448, 2.7346),
        ("N", "Nice", 43.7046, 7.2619),
        ("P1", "Église", 50.43, 2.80),
        ("P2", "Église", 50.50, 2.90),
    )
)


@pytest.fixture
def network(tmp_path: Path) -> Network:
    """Give a train that calls at a few stations near and far."""
    row = "t A 8:00 L 8:15-8:16 B 8:30-8:31 N 20:00-20:01 P1 21:00-21:01 P2 22:00"
    back = "u P2 8:00 A 9:00"
    feed = {"stops.txt": STOPS, "trips.txt": trips("t", "u"), "stop_times.txt": calls(row, back)}
    assert run("transit", "add", write(tmp_path / "train", feed), "--name", "train").code == 0
    return open_network()


@pytest.mark.parametrize("where", ["Arras", "arras", "Gare d'Arras", "gare d’arras", "A",
                                   "Arras station", "Arras railway station"])  # fmt: skip
def test_a_station_is_a_start(catalogue: Catalogue, network: Network, where: str) -> None:
    """By its name as the timetable has it, as people say it, or its id; before its commune."""
    found = locate(where, catalogue, stops=lambda: network)
    assert found == Waypoint("Arras", pytest.approx(2.7813), pytest.approx(50.287))


def test_a_part_of_a_name_where_nothing_else_answers(
    catalogue: Catalogue, network: Network
) -> None:
    """Of one stop only the name begins with these words."""
    assert locate("bully", catalogue, stops=lambda: network).name == "Bully Grenay"


@pytest.mark.parametrize("where", ["Arras", "commune:arras"])
def test_a_commune_is_a_start(catalogue: Catalogue, where: str) -> None:
    """Without a timetable too; its middle is where GeoNames has it."""
    found = locate(where, catalogue)
    assert (found.name, found.id) == ("Arras", None)
    assert found.point == pytest.approx((2.78186, 50.29301))


def test_what_may_be_several_things(catalogue: Catalogue, network: Network) -> None:
    """Town and station are two; the stop of the timetable is the station and not a third."""
    with pytest.raises(AmbiguousPlaceError) as caught:
        locate("Lens", catalogue, stops=lambda: network)
    assert [choice["id"] for choice in caught.value.details] == ["commune:lens", "gare-de-lens"]
    assert caught.value.words == "Lens"


def test_a_place_elsewhere_that_bears_the_name_of_a_town() -> None:
    """A gate named after the town it leads to is not that town."""
    from lens_routes.catalogue.load import load

    shipped = load(None)
    assert any("Arras" in place.name for place in shipped.places)
    assert locate("Arras", shipped).id is None


def test_what_merely_bears_the_name_of_a_town() -> None:
    """Of a town and all that is called after it, the town or its station is meant."""
    from lens_routes.catalogue.load import load

    with pytest.raises(AmbiguousPlaceError) as caught:
        locate("Hénin-Beaumont", load(None))
    ids = [choice["id"] for choice in caught.value.details]
    assert ids == ["commune:henin-beaumont", "gare-de-henin-beaumont"]


def test_stops_of_one_name(catalogue: Catalogue, network: Network) -> None:
    """Two churches are a question, and each id of it an answer."""
    with pytest.raises(AmbiguousPlaceError) as caught:
        locate("église", catalogue, stops=lambda: network)
    ids = [str(choice["id"]) for choice in caught.value.details]
    assert ids == ["P1", "P2"]
    assert locate(ids[1], catalogue, stops=lambda: network).lat == pytest.approx(50.5)


def test_a_far_stop_is_refused(catalogue: Catalogue, network: Network) -> None:
    """No tour of the catalogue begins at the other end of the line."""
    with pytest.raises(UsageError, match="km from Gare"):
        locate("Nice", catalogue, stops=lambda: network)


@pytest.mark.parametrize(
    ("where", "near"),
    [
        ("Aras", "commune:arras"),
        ("bully grenet", "Bully Grenay"),
        ("gare de lans", "gare-de-lens"),
        ("12 rue Paul Bert, Lens", "commune:lens"),
    ],
)
def test_near_names(catalogue: Catalogue, network: Network, where: str, near: str) -> None:
    """A name nobody has brings the nearest of places, stops and communes."""
    with pytest.raises(PlaceNotFoundError) as caught:
        locate(where, catalogue, stops=lambda: network)
    assert near in caught.value.hint


def test_timetables_are_opened_only_for_words_no_place_has(catalogue: Catalogue) -> None:
    """A place of the catalogue costs no look at the stops."""

    def opened() -> Network | None:
        pytest.fail("opened")

    assert locate("gare-de-lens", catalogue, stops=opened).id == "gare-de-lens"
    assert locate("50.43,2.8", catalogue, stops=opened).lat == 50.43


def test_every_commune_of_the_shipped_catalogue_is_known() -> None:
    """Where there is a place to see, its commune is a place to start from."""
    from lens_routes.catalogue.load import load
    from lens_routes.text.words import fold

    catalogue = load(None)
    known = communes(catalogue)
    assert {fold(place.commune) for place in catalogue.places if place.commune} <= known.keys()
    for place in catalogue.places:
        assert abs(known[fold(place.commune)][1].lat - place.lat) < 0.06, place.id
