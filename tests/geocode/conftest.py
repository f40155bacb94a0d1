"""A catalogue of two places and a loopback server that plays both geocoding services."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lens_routes.catalogue.catalogue import Catalogue
from lens_routes.catalogue.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Reply:
    """What the server answers: a document, or bytes as they are."""

    body: Any = None
    status: int = 200
    wait_s: float = 0.0


@dataclass
class FakeServer:
    """Answers /ban/search and /nominatim/search, and remembers what it was asked."""

    url: str
    ban: Reply = field(default_factory=Reply)
    nominatim: Reply = field(default_factory=Reply)
    asked: list[tuple[str, dict[str, list[str]], str]] = field(default_factory=list)

    @property
    def services(self) -> list[str]:
        return [service for service, _, _ in self.asked]


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """Serve on loopback; both services know nothing until a test says otherwise."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            service = parts.path.split("/")[1]
            fake.asked.append((service, parse_qs(parts.query), self.headers["User-Agent"]))
            reply: Reply = getattr(fake, service)
            time.sleep(reply.wait_s)
            body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            with contextlib.suppress(ConnectionError):  # the impatient have hung up
                self.send_response(reply.status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    fake = FakeServer(f"http://127.0.0.1:{http.server_port}")
    fake.ban.body = {"type": "FeatureCollection", "features": []}
    fake.nominatim.body = []
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield fake
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def catalogue() -> Catalogue:
    """Give two stations of the Artois."""
    return Catalogue(
        places=(
            Place(id="gare-de-lens", name="Gare de Lens", lon=2.8283, lat=50.4266, kind="station"),
            Place(
                id="gare-de-bethune",
                name="Gare de Béthune",
                lon=2.6411,
                lat=50.5213,
                kind="station",
            ),
        ),
        path=Path("places.geojson"),
        sha256="",
        title="Two stations",
        country="FR",
    )
