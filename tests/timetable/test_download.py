from __future__ import annotations

import http.server
import json
import re
import threading
import zipfile
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from tests.timetable.small_feeds import TABLES

from lens_routes.errors import NetworkError
from lens_routes.timetable.feeds import download
from lens_routes.timetable.feeds.known import by_name, known_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def packed() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, text in TABLES.items():
            # With the time of writing in it, no two packings would be the same.
            out.writestr(zipfile.ZipInfo(name), text)
    return buffer.getvalue()


@contextmanager
def serving(answers: dict[str, tuple[int, bytes, int | None]]) -> Iterator[str]:
    """Serve (status, body, length claimed) by path on loopback; yield the base address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body, length = answers.get(self.path, (404, b"no", None))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def silent(_what: str, _share: float) -> None:
    pass


def test_a_feed_is_fetched_and_gone_afterwards(tmp_path: Path) -> None:
    """The file is there while it is needed; progress is told."""
    told: list[float] = []
    with serving({"/feed.zip": (200, packed(), None)}) as base:
        with download.fetched(
            f"{base}/feed.zip", tmp_path, lambda _w, share: told.append(share)
        ) as path:
            assert path.read_bytes() == packed()
        assert not path.exists()
    assert told[-1] == 1.0


def test_a_data_set_stands_for_its_latest_feed(tmp_path: Path) -> None:
    """Of the files a data set lists, the newest GTFS one is taken; NeTEx and real time are not."""
    answers: dict[str, tuple[int, bytes, int | None]] = {"/new": (200, packed(), None)}
    with serving(answers) as base:
        resources = [
            {"format": "zip", "url": f"{base}/netex", "title": "NeTEx", "last_modified": "2027"},
            {"format": "gtfs-rt", "url": f"{base}/rt", "last_modified": "2027"},
            {"format": "gtfs", "url": f"{base}/old", "last_modified": "2024"},
            {
                "format": "GTFS",
                "url": f"{base}/x",
                "latest": f"{base}/new",
                "last_modified": "2026",
            },
        ]
        answers["/entry"] = (200, json.dumps({"resources": resources}).encode(), None)
        with download.fetched(f"{base}/entry", tmp_path, silent) as path:
            assert path.read_bytes() == packed()
        answers["/entry"] = (200, b'{"resources": []}', None)
        with (
            pytest.raises(NetworkError, match="lists no GTFS"),
            download.fetched(f"{base}/entry", tmp_path, silent),
        ):
            pass


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, b"", None), "HTTP 404"),
        ((500, b"", None), "HTTP 500"),
        ((200, b"<html>log in</html>", None), "something else than a zip"),
        ((200, b"", None), "something else than a zip"),
        ((200, b"PK\x03\x04 and more", 9999), "broke off|cannot be reached"),
    ],
)
def test_what_goes_wrong_is_said(
    tmp_path: Path, answer: tuple[int, bytes, int | None], said: str
) -> None:
    """A refusal, a log-in page, an empty or cut answer: exit code 7, naming the address."""
    with (
        serving({"/feed.zip": answer}) as base,
        pytest.raises(NetworkError, match=said) as caught,
        download.fetched(f"{base}/feed.zip", tmp_path, silent),
    ):
        pass
    assert "127.0.0.1" in caught.value.message
    assert caught.value.exit_code == 7


def test_no_server_at_all(tmp_path: Path) -> None:
    """Nothing listens there: exit code 7."""
    with serving({}) as base:
        pass
    with pytest.raises(NetworkError), download.fetched(f"{base}/feed.zip", tmp_path, silent):
        pass


def test_a_feed_without_end_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger than any feed is not downloaded to the end."""
    monkeypatch.setattr(download, "LARGEST_BYTES", 100)
    with (
        serving({"/feed.zip": (200, packed(), None)}) as base,
        pytest.raises(NetworkError, match="sends more"),
        download.fetched(f"{base}/feed.zip", tmp_path, silent),
    ):
        pass


def test_the_known_feeds_are_addresses() -> None:
    """Each known name leads to the stable address of a file, and back."""
    files = "https://www.data.gouv.fr/api/1/datasets/r/"
    assert {"ter", "tadao", "ilevia", "artis", "eveole"} <= by_name().keys()
    for name, feed in by_name().items():
        assert feed.name == name
        assert feed.title.in_language("en") != feed.title.in_language("fr")
        assert re.fullmatch(rf"{files}[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}", feed.url)
        assert known_at(feed.url) == feed
        assert feed.page.startswith("https://transport.data.gouv.fr/datasets/")
