"""Height data from a server: whole, or as far as it came; the next attempt goes on from there."""

from __future__ import annotations

import gzip
import http.server
import os
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from tests.streets.test_elevation import square

from lens_routes.errors import NetworkError, UsageError
from lens_routes.net import download as net_download
from lens_routes.streets.elevation import download as fetching
from lens_routes.streets.elevation import store

if TYPE_CHECKING:
    from collections.abc import Iterator

TILE = gzip.compress(square("N50E002.hgt")[1], mtime=0)


@dataclass
class Shop:
    """A server of tiles: what it sends, after how many bytes it breaks off, what it was asked."""

    body: bytes = TILE
    status: int = 200
    breaks_after: int | None = None
    pause_s: float = 0.0
    base: str = ""
    ranges: list[str | None] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def serving(shop: Shop) -> Iterator[Shop]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            shop.ranges.append(wanted)
            shop.paths.append(self.path)
            begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            if begin >= len(shop.body) and wanted:
                self.send_error(416)
                return
            body = shop.body[begin:]
            self.send_response(206 if wanted and shop.status == 200 else shop.status)
            self.send_header("Content-Length", str(len(body)))
            if wanted:
                self.send_header(
                    "Content-Range", f"bytes {begin}-{len(shop.body) - 1}/{len(shop.body)}"
                )
            self.end_headers()
            time.sleep(shop.pause_s)
            self.wfile.write(body[: shop.breaks_after])

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    shop.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def silent(_what: str, _share: float) -> None:
    pass


def test_a_tile_is_fetched_by_its_row_and_read() -> None:
    """``N50E002`` lies in the folder of its latitude; progress is told; nothing is left behind."""
    told: list[float] = []
    with serving(Shop()) as shop:
        raster = fetching.download("N50E002", lambda _w, s: told.append(s), address=shop.base)
    assert raster is not None
    assert raster.name == "N50E002"
    assert shop.paths == ["/N50/N50E002.hgt.gz"]
    assert told[-1] == 1.0
    assert list(store.folder().iterdir()) == []


def test_the_next_attempt_goes_on_where_the_last_broke_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What came is kept and not asked for again; a part that fits no longer is begun anew."""
    monkeypatch.setattr(net_download, "_CHUNK", 10)
    with serving(Shop(breaks_after=20)) as shop:
        with pytest.raises(NetworkError, match="broke off"):
            fetching.download("N50E002", silent, address=shop.base)
        shop.breaks_after = None
        assert fetching.download("N50E002", silent, address=shop.base) is not None
        assert shop.ranges == [None, "bytes=20-"]
        (store.folder() / "N50E002.part.hgt.gz").write_bytes(TILE + b"more")
        assert fetching.download("N50E002", silent, address=shop.base) is not None
        assert shop.ranges[2:] == [f"bytes={len(TILE) + 4}-", None]


def test_a_server_that_does_not_go_on_begins_anew() -> None:
    """A server that answers a part with the whole is taken at its word."""
    with serving(Shop(status=203)) as shop:
        store.folder().mkdir(parents=True)
        (store.folder() / "N50E002.part.hgt.gz").write_bytes(b"")
        assert fetching.download("N50E002", silent, address=shop.base) is not None


@pytest.mark.parametrize("status", [403, 404])
def test_there_is_no_tile_at_sea(status: int) -> None:
    """A square the server does not have is open sea, not a failure."""
    with serving(Shop(status=status)) as shop:
        assert fetching.download("N50W020", silent, address=shop.base) is None


@pytest.mark.parametrize(
    ("shop", "words"),
    [
        (Shop(status=503), "HTTP 503"),
        (Shop(body=b"<html>log in</html>"), "something else than a height file"),
        (Shop(status=416), "HTTP 416"),
        (Shop(body=bytes(2000)), "more than"),
        (Shop(pause_s=0.3), "did not answer|was not done"),
    ],
)
def test_what_goes_wrong_is_said(shop: Shop, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy server, a login page, a flood, a silent server: exit code 7, and words."""
    monkeypatch.setattr(fetching, "LARGEST_BYTES", 1500)
    monkeypatch.setattr(fetching, "SILENCE_S", 0.1)
    with serving(shop), pytest.raises(NetworkError, match=words):
        fetching.download("N50E002", silent, address=shop.base)


def test_a_dripping_server_has_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little comes at a time, a tile has its time."""
    monkeypatch.setattr(fetching, "TILE_S", 0.0)
    with serving(Shop(pause_s=0.01)) as shop, pytest.raises(NetworkError, match="was not done"):
        fetching.download("N50E002", silent, address=shop.base)


def test_a_password_is_kept_out_of_what_is_said() -> None:
    """An address with who asks and a key is told without them."""
    with serving(Shop(status=503)) as shop:
        secret = shop.base.replace("//", "//me:secret@")
        with pytest.raises(NetworkError) as said:
            fetching.download("N50E002", silent, address=secret)
    assert "secret" not in said.value.message + said.value.hint
    assert "127.0.0.1" in said.value.message


def test_what_broke_off_long_ago_is_begun_anew() -> None:
    """A part that is days old may be of another tile: it is not gone on with."""
    store.folder().mkdir(parents=True)
    part = store.folder() / "N50E002.part.hgt.gz"
    part.write_bytes(b"old")
    os.utime(part, (0, 0))
    with serving(Shop()) as shop:
        assert fetching.download("N50E002", silent, address=shop.base) is not None
    assert shop.ranges == [None]


def test_a_server_out_of_reach_is_said() -> None:
    """Nobody answers at the address: exit code 7."""
    with serving(Shop()) as shop:
        pass
    with pytest.raises(NetworkError, match="cannot be reached"):
        fetching.download("N50E002", silent, address=shop.base)


@pytest.mark.parametrize(
    ("box", "names"),
    [
        ((2.74, 50.40, 2.87, 50.465), ["N50E002"]),
        ((2.9, 50.4, 3.1, 50.5), ["N50E002", "N50E003"]),
        ((-0.5, -0.5, 0.5, 0.5), ["S01W001", "S01E000", "N00W001", "N00E000"]),
    ],
)
def test_the_squares_of_a_box(box: tuple[float, float, float, float], names: list[str]) -> None:
    """Every degree square a box touches is named after its south-west corner."""
    assert fetching.tiles(box) == names


def test_a_country_is_too_much() -> None:
    """A box typed wrong does not fetch gigabytes."""
    with pytest.raises(UsageError, match="degree squares"):
        fetching.tiles((-5.0, 42.0, 8.0, 51.0))
