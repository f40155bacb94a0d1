"""A server on the loopback interface that never comes to an end, in whichever way it is asked."""

from __future__ import annotations

import contextlib
import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The ways: a body without end, one that unpacks without end, one byte of the body or of the head
#: from time to time, and an error or a word of where to ask instead whose page has no end.
WAYS = ("endless", "bomb", "drip", "drip-head", "endless-error", "endless-redirect")
STATUS = {"endless-error": 500, "endless-redirect": 302}
HEADERS = {"bomb": ("Content-Encoding", "gzip"), "endless-redirect": ("Location", "/elsewhere")}
#: What is sent again and again, where that is not a list without end.
SENT = {"bomb": gzip.compress(bytes(10_000_000)), "drip": b" ", "drip-head": b"x"}


@contextlib.contextmanager
def hostile(way: str) -> Iterator[str]:
    """Run a server that behaves in one of the `WAYS` while the block lasts; yield its address."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            with contextlib.suppress(OSError):
                if way == "drip-head":
                    self._write(b"HTTP/1.0 200 OK\r\n")
                else:
                    self.send_response(STATUS.get(way, 200))
                    self.send_header("Content-Type", "application/json")
                    self.send_header(*HEADERS.get(way, ("X-Way", way)))
                    self.end_headers()
                while not stop.wait(0.05 if way.startswith("drip") else 0):
                    self._write(SENT.get(way, b'[{"a": 1}, ' * 1000))

        def _write(self, data: bytes) -> None:
            self.wfile.write(data)

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
