"""Downloading from Overpass: the same streets as from a file, and every way it can fail."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.streets.overpass_server import elements_of, free_port, serving, wait_until
from tests.streets.segments import osmnx_segments, segments

from lens_routes.errors import BadInputError, NetworkError, StorageError, UsageError
from lens_routes.streets.access.rules import NEVER
from lens_routes.streets.access.tags import OVERPASS
from lens_routes.streets.build.osm_file import read
from lens_routes.streets.build.overpass import Patience, download

if TYPE_CHECKING:
    from pathlib import Path

BBOX = (2.80, 50.42, 2.81, 50.43)
IMPATIENT = Patience(timeout_s=2, attempts=2, pause_s=0.01)


def node(number: int, lon: float, lat: float, **tags: str) -> dict[str, Any]:
    told = {"tags": tags} if tags else {}
    return {"type": "node", "id": number, "lon": lon, "lat": lat, **told}


def way(number: int, nodes: list[int], **tags: str) -> dict[str, Any]:
    return {"type": "way", "id": number, "nodes": nodes, "tags": tags}


#: A village: a street, stairs off it, a trunk road for cars, and a lane 3 km away.
VILLAGE = [
    node(1, 2.803, 50.425),
    node(2, 2.804, 50.425),
    node(3, 2.805, 50.426),
    node(4, 2.850, 50.425),
    node(5, 2.851, 50.425),
    way(1, [1, 2, 3], highway="residential", name="Rue Paul Bert"),
    way(2, [2, 3], highway="steps"),
    way(3, [1, 3], highway="trunk"),
    way(4, [4, 5], highway="path"),
]


def cached(home: Path) -> list[Path]:
    """Return every file the download left in its cache."""
    return [path for path in (home / "streets" / "osmnx-cache").rglob("*") if path.is_file()]


def test_success() -> None:
    """A download yields the ways of the box, dated by the server, and asks politely."""
    with serving(VILLAGE) as server:
        ways = download(BBOX, server.endpoint, patience=IMPATIENT)
        kinds = {tags["highway"] for tags in ways.classes}
        assert kinds == {"residential", "steps", "trunk"}
        assert set(ways.names) == {"", "Rue Paul Bert"}
        assert (len(ways.lon_e7), len(ways.way_class)) == (3, 3)
        assert ways.source.kind == "overpass"
        assert ways.source.name == server.endpoint
        assert ways.source.map_date == "2026-11-20"
        assert ways.source.bbox == BBOX
        assert len(server.queries) == 2  # the streets, and what lies around them
        assert all(agent.startswith("lens-routes/") for agent in server.user_agents)


def test_what_travellers_need_comes_along() -> None:
    """Taps and toilets are asked for with what is drawn, and kept, points and houses alike."""
    needed = [
        node(20, 2.8035, 50.425, amenity="drinking_water"),
        node(21, 2.804, 50.4255),
        node(22, 2.8041, 50.4255),
        node(23, 2.8041, 50.4256),
        way(20, [21, 22, 23, 21], amenity="cafe", name="Chez Léon", toilets="yes"),
    ]
    with serving([*VILLAGE, *needed]) as server:
        amenities = download(BBOX, server.endpoint, patience=IMPATIENT).amenities
        assert "drinking_water" in server.queries[-1]
    kept = [amenities[i] for i in range(len(amenities))]
    assert [(one.kind, one.name) for one in kept] == [
        ("water", ""),
        ("cafe", "Chez Léon"),
        ("toilets", "Chez Léon"),
    ]


def test_progress_only_grows() -> None:
    """Whoever watches sees fractions that never shrink, and the end."""
    seen: list[float] = []
    with serving(VILLAGE, "429", "success") as server:
        download(BBOX, server.endpoint, lambda _, fraction: seen.append(fraction), IMPATIENT)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_second_download_is_answered_from_the_cache() -> None:
    """What was downloaded today is not asked for again, not even with the server gone."""
    with serving(VILLAGE) as server:
        first = download(BBOX, server.endpoint, patience=IMPATIENT)
    second = download(BBOX, server.endpoint, patience=IMPATIENT)
    assert segments(second) == segments(first)
    assert second.source == first.source


def test_an_old_answer_is_asked_for_again(home: Path) -> None:
    """A map older than a day is downloaded anew, and the old answer is gone."""
    with serving(VILLAGE) as server:
        download(BBOX, server.endpoint, patience=IMPATIENT)
        for path in cached(home):
            os.utime(path, (0, 0))
        download(BBOX, server.endpoint, patience=IMPATIENT)
        assert len(server.queries) == 4
    assert len(cached(home)) == 2


@pytest.mark.parametrize(
    "hiccup", ["429", "504", "503", "502", "truncated", "half", "drop", "slow"]
)
def test_a_passing_failure_is_tried_again(hiccup: str) -> None:
    """A server that is busy, late or breaks off once is asked a second time."""
    with serving(VILLAGE, hiccup, "success") as server:
        ways = download(BBOX, server.endpoint, patience=IMPATIENT)
        assert len(server.queries) == 3
    assert len(ways.way_class) == 3


def test_a_slow_server_in_time() -> None:
    """A server that takes its time, but less than allowed, is no failure."""
    with serving(VILLAGE, "slow") as server:
        server.slow_seconds = 0.5
        assert len(download(BBOX, server.endpoint, patience=IMPATIENT).way_class) == 3
        assert len(server.queries) == 2


@pytest.mark.parametrize(
    ("word", "message", "queries"),
    [
        ("429", "too many queries.*429.*attempt 2", 2),
        ("504", "too busy.*504.*attempt 2", 2),
        ("slow", "did not answer within 2 s.*attempt 2", 2),
        ("truncated", "broke off", 2),
        ("half", "broke off after .* bytes", 2),
        ("drop", "broke off", 2),
        ("400", "refused the query .HTTP 400", 1),
        ("500", "refused the query .HTTP 500", 1),
        ("page", "something else than Overpass data.*log in", 1),
        ("other", "not Overpass data", 1),
        ("malformed", "not OpenStreetMap data", 2),
        ("remark", "whole query: runtime error: Query timed out", 1),
    ],
)
def test_a_lasting_failure_is_explained(word: str, message: str, queries: int, home: Path) -> None:
    """Each failure says what happened and what to do, stops in time and leaves nothing behind."""
    with serving(VILLAGE, word) as server:
        with pytest.raises(NetworkError, match=message) as failure:
            download(BBOX, server.endpoint, patience=IMPATIENT)
        assert len(server.queries) == queries
    assert failure.value.hint
    assert cached(home) == []


def test_an_empty_area_is_named() -> None:
    """A box without streets is an error that repeats the box."""
    with serving(VILLAGE, "empty") as server, pytest.raises(BadInputError, match=r"2\.8,50\.42"):
        download(BBOX, server.endpoint, patience=IMPATIENT)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let no time pass, and return the list of the pauses made."""
    made: list[float] = []
    monkeypatch.setattr(time, "sleep", lambda seconds: made.append(seconds) if seconds else None)
    return made


def test_no_connection(pauses: list[float]) -> None:
    """Without a server the download fails without waiting, and offers the file instead."""
    with pytest.raises(NetworkError, match="No connection") as failure:
        download(BBOX, f"http://127.0.0.1:{free_port()}/api")
    assert "streets import" in failure.value.hint
    assert pauses == []


def test_pauses_grow(pauses: list[float]) -> None:
    """A busy server is asked as often as said, each time after twice the pause."""
    with serving(VILLAGE, "429") as server:
        with pytest.raises(NetworkError, match="attempt 4"):
            download(BBOX, server.endpoint, patience=Patience(attempts=4, pause_s=3))
        assert len(server.queries) == 4
    assert pauses == [3, 6, 12]


def test_unknown_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that no DNS server knows is told from a server that is down."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    monkeypatch.setattr(socket, "gethostbyname", unknown)
    with pytest.raises(NetworkError, match="no such server is known"):
        download(BBOX, "http://overpass.invalid/api", patience=IMPATIENT)


def test_waiting_for_a_slot() -> None:
    """The server's own waiting time is respected and shown."""
    told: list[str] = []
    with serving(VILLAGE) as server:
        server.slots = "Slot available after: 2026-11-22T10:00:01Z, in 1 seconds."
        download(BBOX, server.endpoint, lambda text, _: told.append(text), IMPATIENT)
    assert any("free again in 1 s" in text for text in told)


def test_a_long_ban_is_reported() -> None:
    """Nobody waits for hours at a prompt: a long ban is an error that says how long."""
    with serving(VILLAGE) as server:
        server.slots = "Slot available after: 2026-11-22T12:00:00Z, in 7200 seconds."
        with pytest.raises(NetworkError, match="another 7200 s"):
            download(BBOX, server.endpoint, patience=IMPATIENT)
        assert server.queries == []


def test_a_server_without_status_page() -> None:
    """A private server without the status page is taken to be free."""
    with serving(VILLAGE) as server:
        server.slots = "none"
        assert len(download(BBOX, server.endpoint, patience=IMPATIENT).way_class) == 3


@pytest.mark.parametrize("tail", ["", "/", "/interpreter"])
def test_forms_of_the_endpoint(tail: str) -> None:
    """The address may be given with or without what OSMnx adds to it."""
    with serving(VILLAGE) as server:
        assert len(download(BBOX, server.endpoint + tail, patience=IMPATIENT).way_class) == 3


@pytest.mark.parametrize(
    "endpoint",
    ["", "overpass-api.de/api", "ftp://host/api", "http://", "http://[::1", "http://h:x"],
)
def test_a_wrong_endpoint_is_refused(endpoint: str) -> None:
    """What is no web address is a mistake of usage, told before anything is sent."""
    with pytest.raises(UsageError, match="not the address"):
        download(BBOX, endpoint)


def test_too_large_a_box_is_refused() -> None:
    """A whole country is not asked of a public server; the way to do it is shown."""
    with pytest.raises(UsageError, match="km²") as failure:
        download((-5.0, 42.0, 8.0, 51.0))
    assert "streets import" in failure.value.hint


def test_settings_are_restored() -> None:
    """Whatever happens, OSMnx's settings and the resolver are those of before."""
    from osmnx import settings

    names = [name for name in vars(settings) if name in settings.__annotations__]
    before = {name: getattr(settings, name) for name in names}
    resolver = socket.getaddrinfo
    with serving(VILLAGE, "success", "success", "400") as server:
        download(BBOX, server.endpoint, patience=IMPATIENT)
        with pytest.raises(NetworkError):
            download((2.80, 50.42, 2.82, 50.43), server.endpoint, patience=IMPATIENT)
    assert {name: getattr(settings, name) for name in names} == before
    assert socket.getaddrinfo is resolver


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A disk that fills up while the answer is kept is an error of storage, and no half is kept."""
    from osmnx import _http

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_http, "_save_to_cache", full)
    with serving(VILLAGE) as server, pytest.raises(StorageError, match="the disk is full"):
        download(BBOX, server.endpoint, patience=IMPATIENT)
    assert cached(home) == []


def test_a_home_that_is_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A data directory that cannot be made is named before anything is sent."""
    (tmp_path / "home").write_text("")
    monkeypatch.setenv("LENS_ROUTES_HOME", str(tmp_path / "home"))
    with serving(VILLAGE) as server:
        with pytest.raises(StorageError, match="home"):
            download(BBOX, server.endpoint, patience=IMPATIENT)
        assert server.queries == []


def test_half_an_answer_is_not_kept(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Stopped while OSMnx writes its cache, nothing half-written is found by the next download."""
    from pathlib import Path as AnyPath

    write_text = AnyPath.write_text

    def stopped(self: Path, text: str, **options: Any) -> int:
        write_text(self, text[: len(text) // 2], **options)
        raise KeyboardInterrupt

    with serving(VILLAGE) as server:
        with monkeypatch.context() as patch:
            patch.setattr(AnyPath, "write_text", stopped)
            with pytest.raises(KeyboardInterrupt):
                download(BBOX, server.endpoint, patience=IMPATIENT)
        assert cached(home) == []
        assert len(download(BBOX, server.endpoint, patience=IMPATIENT).way_class) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT cannot be sent to a child there")
def test_ctrl_c_leaves_nothing(home: Path) -> None:
    """A download interrupted while it waits ends at once and leaves no file."""
    program = (
        "import sys; from lens_routes.streets.build.overpass import download; "
        f"download({BBOX!r}, sys.argv[1])"
    )
    with serving(VILLAGE, "slow") as server:
        server.slow_seconds = 60
        process = subprocess.Popen(
            [sys.executable, "-c", program, server.endpoint], stderr=subprocess.DEVNULL
        )
        try:
            wait_until(lambda: server.queries, 60)
            process.send_signal(signal.SIGINT)
            assert process.wait(30) != 0
        finally:
            process.kill()
            process.wait()
    assert server.queries
    assert cached(home) == []


@pytest.mark.shared
def test_the_same_streets_as_from_a_file_and_as_osmnx(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A download equals the file it was cut from, and OSMnx's own graph of the same server."""
    import osmnx

    path = shared / "osm" / "lens-centre.osm.pbf"
    bbox = (2.815, 50.425, 2.835, 50.435)
    with serving(elements_of(path)) as server:
        downloaded = segments(download(bbox, server.endpoint))
        monkeypatch.setattr(osmnx.settings, "overpass_url", server.endpoint)
        monkeypatch.setattr(osmnx.settings, "overpass_rate_limit", False)
        monkeypatch.setattr(osmnx.settings, "cache_folder", tmp_path)
        monkeypatch.setattr(socket, "getaddrinfo", socket.getaddrinfo)  # OSMnx redirects it
        graph = osmnx.graph_from_bbox(
            bbox,
            network_type="walk",
            simplify=False,
            retain_all=True,
            truncate_by_edge=True,
            custom_filter=OVERPASS,
        )
    assert len(downloaded) > 1000
    assert downloaded == segments(read(path, bbox))
    # A platform is no edge of OSMnx, and what is being built no street of ours.
    ours = {street for street in downloaded if street[1]}
    assert ours == {street for street in osmnx_segments(graph) if street[1] not in NEVER}
