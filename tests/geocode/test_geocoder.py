"""Addresses, asked of a loopback server that plays the two services."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from lens_routes import __version__
from lens_routes.errors import AmbiguousPlaceError, NetworkError, PlaceNotFoundError, UsageError
from lens_routes.geocode.area import Area
from lens_routes.geocode.geocoder import BAN_URL, NOMINATIM_URL, Geocoder
from lens_routes.geocode.locate import locate
from lens_routes.plan.waypoint import Waypoint

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Catalogue

    from .conftest import FakeServer  # only for the annotations

ADDRESS = "99 rue Paul Bert, Lens"


@pytest.fixture
def geocoder(server: FakeServer, catalogue: Catalogue) -> Geocoder:
    """Give a geocoder that asks the loopback server, without Nominatim's pause."""
    return Geocoder(
        Area.of(catalogue),
        ban_url=f"{server.url}/ban",
        nominatim_url=f"{server.url}/nominatim/",
        timeout_s=2.0,
        pause_s=0.0,
    )


def ban(*answers: tuple[str, float, float, float]) -> dict[str, Any]:
    """Return GeocodeJSON as the Base Adresse Nationale writes it."""
    return {
        "type": "FeatureCollection",
        "version": "draft",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
                "properties": {"label": label, "score": score, "type": "housenumber"},
            }
            for label, lon, lat, score in answers
        ],
    }


def nominatim(*answers: tuple[str, float, float, float]) -> list[dict[str, Any]]:
    """Return answers as Nominatim writes them: positions are texts."""
    return [
        {"place_id": 1, "display_name": name, "lon": str(lon), "lat": str(lat), "importance": score}
        for name, lon, lat, score in answers
    ]


LOUVRE = ("99 Rue Paul Bert 62300 Lens", 2.8035, 50.4305, 0.97)


def test_ban(server: FakeServer, geocoder: Geocoder, catalogue: Catalogue) -> None:
    """The national service answers first, asked politely and near the catalogue."""
    server.ban.body = ban(LOUVRE)
    found = locate(ADDRESS, catalogue, geocoder)
    assert found == Waypoint("99 Rue Paul Bert 62300 Lens", 2.8035, 50.4305)
    ((service, query, agent),) = server.asked
    assert service == "ban"
    assert query["q"] == [ADDRESS]
    assert float(query["lat"][0]) == pytest.approx(50.5, abs=0.1)
    assert float(query["lon"][0]) == pytest.approx(2.8, abs=0.2)
    assert agent == f"lens-routes/{__version__}"


def test_nominatim(server: FakeServer, geocoder: Geocoder) -> None:
    """What the national service does not know is asked of Nominatim, in the catalogue's box."""
    server.nominatim.body = nominatim(("Louvre-Lens, Lens, France", 2.8035, 50.4305, 0.4))
    assert geocoder.locate("Louvre").point == (2.8035, 50.4305)
    assert server.services == ["ban", "nominatim"]
    query = server.asked[1][1]
    west, south, east, north = map(float, query["viewbox"][0].split(","))
    assert west < min(2.6411, 2.8283)
    assert east > max(2.6411, 2.8283)
    assert south < min(50.4266, 50.5213)
    assert north > max(50.4266, 50.5213)
    assert query["limit"] == ["10"]


def test_ban_guessing(server: FakeServer, geocoder: Geocoder) -> None:
    """A doubtful answer of the national service gives way to Nominatim."""
    server.ban.body = ban(("Rue Paul Blet 62300 Lens", 2.81, 50.43, 0.31))
    server.nominatim.body = nominatim(("Louvre-Lens", 2.8035, 50.4305, 0.4))
    assert geocoder.locate(ADDRESS).name == "Louvre-Lens"


def test_other_country(server: FakeServer, geocoder: Geocoder) -> None:
    """Outside France the national service of France is not asked."""
    abroad = replace(geocoder, area=geocoder.area._replace(country="BE"))
    server.nominatim.body = nominatim(("Namur", 2.8035, 50.4305, 0.4))
    abroad.locate("Namur")
    assert server.services == ["nominatim"]


def test_catalogue_before_services(
    server: FakeServer, geocoder: Geocoder, catalogue: Catalogue
) -> None:
    """A place of the catalogue, coordinates, or nothing at all are never asked of a server."""
    assert locate("gare de lens", catalogue, geocoder).id == "gare-de-lens"
    assert locate("50.43,2.80", catalogue, geocoder).id is None
    with pytest.raises(PlaceNotFoundError):
        locate("  ", catalogue, geocoder)
    assert server.asked == []


def test_unknown_address(server: FakeServer, geocoder: Geocoder) -> None:
    """An address neither service knows is not found."""
    with pytest.raises(PlaceNotFoundError, match="rue Qui N’Existe Pas"):
        geocoder.locate("1 rue Qui N’Existe Pas")
    assert server.services == ["ban", "nominatim"]


def test_far_address(server: FakeServer, geocoder: Geocoder) -> None:
    """An address of another region is refused with its distance, not planned from."""
    server.ban.body = ban(("Rue de Rivoli 75001 Paris", 2.3387, 48.8625, 0.95))
    server.nominatim.body = nominatim(("Rue de Rivoli, Lyon", 4.83, 45.76, 0.5))
    with pytest.raises(PlaceNotFoundError) as caught:
        geocoder.locate("rue de Rivoli")
    assert "Rue de Rivoli 75001 Paris, 17" in caught.value.message


def test_ambiguous_address(server: FakeServer, geocoder: Geocoder) -> None:
    """Answers equally good and far apart are a question; far regions do not count."""
    server.ban.body = ban(
        ("Rue de la Gare 62300 Lens", 2.83, 50.43, 0.80),
        ("Rue de la Gare 62400 Béthune", 2.64, 50.52, 0.78),
        ("Rue de la Gare 62000 Arras", 2.78, 50.29, 0.60),
        ("Rue de la Gare 67000 Strasbourg", 7.74, 48.58, 0.80),
    )
    with pytest.raises(AmbiguousPlaceError) as caught:
        geocoder.locate("rue de la gare")
    assert "Lens (50.43000,2.83000); Rue de la Gare 62400 Béthune" in caught.value.message
    assert "Arras" not in caught.value.message
    assert "Strasbourg" not in caught.value.message


def test_one_spot_twice(server: FakeServer, geocoder: Geocoder) -> None:
    """Two answers for one spot, or of one name, are no question."""
    server.ban.body = ban(
        LOUVRE,
        ("Rue Paul Bert 62300 Lens", 2.8040, 50.4306, 0.96),
        (LOUVRE[0], 2.82, 50.44, 0.96),
    )
    assert geocoder.locate(ADDRESS).name == LOUVRE[0]


FAILURES = [
    (b"", 200, "not JSON"),
    (b"<html>Wartung</html>", 200, "not JSON"),
    (b'{"features": [{"geometry"', 200, "not JSON"),
    (b"\xff\xfe\x00", 200, "cannot be asked|not JSON|unusable"),
    (b"[" * 100_000, 200, "unusable|not JSON"),
    ({"features": [{"geometry": {"coordinates": []}}]}, 200, "unusable"),
    ({"features": [{"geometry": {"coordinates": ["a", "b"]}, "properties": {}}]}, 200, "unusable"),
    (ban(("Nowhere", 500.0, 2.0, 0.9)), 200, "unusable"),
    ({"features": [{"geometry": None, "properties": None}]}, 200, "unusable"),
    ({"features": 7}, 200, "unusable"),
    (7, 200, "unusable"),
    (["x"], 200, "unusable"),
    ({}, 500, "500"),
    ({}, 502, "502"),
    ({}, 503, "too long|503"),
    ({}, 504, "too long|504"),
    ({}, 403, "403"),
    ({}, 429, "too often"),
]


@pytest.mark.parametrize(("body", "status", "problem"), FAILURES)
def test_failures(
    server: FakeServer, geocoder: Geocoder, body: Any, status: int, problem: str
) -> None:
    """Whatever goes wrong with both servers is a network failure that says what it was."""
    for reply in (server.ban, server.nominatim):
        reply.body, reply.status = body, status
    with pytest.raises(NetworkError, match=problem) as caught:
        geocoder.locate(ADDRESS)
    assert "try again" in caught.value.hint
    assert "lat,lon" in caught.value.hint
    assert server.services == ["ban", "nominatim"]  # asked once each: no retries


def test_one_service_down(server: FakeServer, geocoder: Geocoder) -> None:
    """Where one service fails the other may answer; if it cannot, the failure is told."""
    server.ban.status = 500
    server.nominatim.body = nominatim(("Louvre-Lens", 2.8035, 50.4305, 0.4))
    assert geocoder.locate("Louvre").name == "Louvre-Lens"
    server.nominatim.body = []
    with pytest.raises(NetworkError, match="Base Adresse Nationale"):
        geocoder.locate("another address")


def test_slow(server: FakeServer, geocoder: Geocoder) -> None:
    """A server that does not answer in time is given up."""
    server.ban.wait_s = server.nominatim.wait_s = 0.6
    impatient = replace(geocoder, timeout_s=0.1)
    with pytest.raises(NetworkError, match=r"Nationale took too long .* Nominatim took too long"):
        impatient.locate(ADDRESS)


def test_no_connection(catalogue: Catalogue) -> None:
    """Where nothing listens, the failure says so."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
    nobody = Geocoder(Area.of(catalogue), ban_url=url, nominatim_url=url, timeout_s=2.0)
    with pytest.raises(NetworkError, match="cannot be asked"):
        nobody.locate(ADDRESS)


def test_query_refused(server: FakeServer, geocoder: Geocoder) -> None:
    """A service that can make nothing of the words (HTTP 400) does not know the address."""
    server.ban.status = 400
    with pytest.raises(PlaceNotFoundError):
        geocoder.locate("??")


def test_answers_are_kept(server: FakeServer, geocoder: Geocoder, home: Path) -> None:
    """An address is asked for once; the answer is kept with source and date."""
    server.ban.body = ban(LOUVRE)
    first = geocoder.locate(ADDRESS)
    assert replace(geocoder).locate("99, RUE PAUL BERT, lens") == first
    assert server.services == ["ban"]
    (entry,) = json.loads((home / "geocode.json").read_text("utf-8"))["answers"].values()
    assert entry["source"] == "The Base Adresse Nationale"
    assert entry["date"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b'{"version": 2, "answers": {}}',
        b'{"version": 1, "answers": []}',
        b'{"version": 1, "answers": {"KEY": {"name": "x", "lon": "2", "lat": 50.0}}}',
        b'{"version": 1, "answers": {"KEY": {"name": "x", "lon": 2.0, "lat": 500.0}}}',
        b'{"version": 1, "answers": {"KEY": null}}',
    ],
)
def test_damaged_cache(server: FakeServer, geocoder: Geocoder, home: Path, content: bytes) -> None:
    """A damaged cache counts as empty, and is whole again after the next answer."""
    server.ban.body = ban(LOUVRE)
    geocoder.locate(ADDRESS)
    cache = home / "geocode.json"
    (key,) = json.loads(cache.read_text("utf-8"))["answers"]
    cache.write_bytes(content.replace(b"KEY", key.encode()))
    assert geocoder.locate(ADDRESS).name == LOUVRE[0]
    assert server.services == ["ban", "ban"]
    assert list(json.loads(cache.read_text("utf-8"))["answers"]) == [key]


def test_cache_that_cannot_be_written(
    server: FakeServer, geocoder: Geocoder, tmp_path: Path
) -> None:
    """An answer that cannot be kept is an answer all the same."""
    server.ban.body = ban(LOUVRE)
    (tmp_path / "file").write_text("")
    homeless = replace(geocoder, cache=tmp_path / "file" / "geocode.json")
    assert homeless.locate(ADDRESS).name == LOUVRE[0]


def test_environment(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment replaces the public servers; an empty variable does not."""
    monkeypatch.setenv("LENS_ROUTES_BAN_URL", "http://127.0.0.1:9/ban")
    monkeypatch.setenv("LENS_ROUTES_NOMINATIM_URL", "")
    geocoder = Geocoder.for_area(catalogue)
    assert geocoder.ban_url == "http://127.0.0.1:9/ban"
    assert geocoder.nominatim_url == NOMINATIM_URL
    monkeypatch.delenv("LENS_ROUTES_BAN_URL")
    assert Geocoder.for_area(catalogue).ban_url == BAN_URL


@pytest.mark.parametrize("url", ["example.org", "ftp://example.org", "http://", "https:///", "x"])
def test_bad_server(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """A server's address that is none is named with its variable."""
    monkeypatch.setenv("LENS_ROUTES_NOMINATIM_URL", url)
    with pytest.raises(UsageError) as caught:
        Geocoder.for_area(catalogue).locate(ADDRESS)
    assert "LENS_ROUTES_NOMINATIM_URL" in caught.value.hint


def test_unprintable_answer(server: FakeServer, geocoder: Geocoder) -> None:
    """What a server writes cannot command the terminal."""
    server.ban.body = ban(("\x1b[31mLens", 2.8, 50.43, 0.9))
    assert geocoder.locate(ADDRESS).name == "\\u001b[31mLens"
