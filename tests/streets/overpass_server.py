"""An Overpass server on the loopback interface, which answers as told: well, late, or not at all.

It reads the forms of query OSMnx sends, ``(way<filter>(poly:'lat lon …');>;);out;`` for streets,
``(way['key'='value'](poly:'lat lon …');(._;>;););`` over and over for features, and the status
page, and evaluates filters and polygons by itself, so that a wrong query shows.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Element = dict[str, Any]

STATUS = """Connected as: 2130706433
Current time: 2026-11-22T10:00:00Z
Announced endpoint: none
Rate limit: 2
{slots}
Currently running queries (pid, space limit, time limit, start time):
"""


class OverpassServer(ThreadingHTTPServer):
    """Serve *elements*; each query is met with the next word of *script*, the last for ever."""

    daemon_threads = True

    def __init__(self, elements: list[Element], script: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.elements = elements
        self.script = deque(script)
        self.slots = "2 slots available now."
        self.slow_seconds = 3.0
        self.queries: list[str] = []
        self.user_agents: set[str] = set()
        self.stop_waiting = threading.Event()

    @property
    def endpoint(self) -> str:
        """The base URL to give to a client."""
        return f"http://127.0.0.1:{self.server_port}/api"

    def next_word(self) -> str:
        """Return how the next query is to be met."""
        return self.script.popleft() if len(self.script) > 1 else self.script[0]

    def handle_error(self, *_: object) -> None:
        """Say nothing when a client has gone away."""


@contextlib.contextmanager
def serving(elements: list[Element], *script: str) -> Iterator[OverpassServer]:
    """Run a server while the block lasts."""
    server = OverpassServer(elements, list(script or ("success",)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.stop_waiting.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: OverpassServer

    def do_GET(self) -> None:
        """Answer the status page."""
        self.server.user_agents.add(self.headers["User-Agent"])
        if self.path != "/api/status" or self.server.slots == "none":
            self._send(404, b"no such page", "text/plain")
        else:
            page = STATUS.format(slots=self.server.slots)
            self._send(200, page.encode(), "text/plain")

    def do_POST(self) -> None:
        """Answer a query, or fail as the script says."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        query = parse_qs(body)["data"][0]
        self.server.user_agents.add(self.headers["User-Agent"])
        self.server.queries.append(query)
        word = self.server.next_word()
        if word.isdigit():
            self._send(int(word), b"<html>Error: runtime error</html>", "text/html")
            return
        answer = {
            "version": 0.6,
            "generator": "a test",
            "osm3s": {"timestamp_osm_base": "2026-11-20T06:30:00Z"},
            "elements": [] if word == "empty" else _select(self.server.elements, query),
        }
        if word == "remark":
            answer["remark"] = 'runtime error: Query timed out in "recurse" at line 1.'
        elif word == "other":
            answer = {"hello": "world"}
        elif word == "malformed":
            answer["elements"] = [{"type": "node", "id": 1}]
        content = json.dumps(answer).encode()
        if word == "slow":
            self.server.stop_waiting.wait(self.server.slow_seconds)
        if word == "drop":
            self.close_connection = True
        elif word == "truncated":
            self._send(200, content, "application/json", sent=len(content) // 2)
        elif word == "half":
            self._send(200, content[: len(content) // 2], "application/json")
        elif word == "page":
            self._send(200, b"<html>Please log in to this Wi-Fi</html>", "text/html")
        else:
            self._send(200, content, "application/json")

    def _send(self, code: int, content: bytes, kind: str, sent: int | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:sent])
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Write nothing to the test's output."""


def _select(elements: list[Element], query: str) -> list[Element]:
    """Return the things a query asks for, whole, with their ways and nodes."""
    known = {(e["type"], e["id"]): e for e in elements}
    wants, polygon = _question(query)
    inside = _inside(elements, polygon)
    found: dict[tuple[str, int], Element] = {}
    for element in elements:
        if wants(element):
            parts = _parts(element, known)
            if any(kind == "node" and number in inside for kind, number in parts):
                found |= parts
    return [found[key] for key in sorted(found)]


def _question(query: str) -> tuple[Callable[[Element], bool], str]:
    """Return what a query asks for, and the polygon it asks about."""
    if streets := re.search(r"\(way(.*?)\(poly:'([^']*)'\);>;\);out;$", query):
        conditions = re.findall(r'\["([^"]+)"(?:!~"([^"]*)")?\]', streets[1])
        assert streets[1] == "".join(f'["{k}"!~"{p}"]' if p else f'["{k}"]' for k, p in conditions)
        return (
            lambda element: (
                element["type"] == "way"
                and all(
                    _holds(element.get("tags", {}).get(key), pattern) for key, pattern in conditions
                )
            )
        ), streets[2]
    clause = r"\((node|way|relation)\['([^']+)'(?:='([^']+)')?\]\(poly:'([^']*)'\);\(\._;>;\);\);"
    features = re.findall(clause, query)
    assert re.sub(clause, "", query).endswith(";();out;"), query
    asked = {(kind, key, value) for kind, key, value, _ in features}
    return (
        lambda element: any(
            {(element["type"], key, value), (element["type"], key, "")} & asked
            for key, value in element.get("tags", {}).items()
        )
    ), features[0][3]


def _parts(element: Element, known: dict[tuple[str, int], Element]) -> dict[Any, Element]:
    """Return an element and all it is made of, by type and id."""
    parts = {(element["type"], element["id"]): element}
    below = [("node", number) for number in element.get("nodes", ())]
    below += [(member["type"], member["ref"]) for member in element.get("members", ())]
    for key in below:
        if key in known:
            parts |= _parts(known[key], known)
    return parts


def _inside(elements: list[Element], polygon: str) -> set[int]:
    import shapely

    lat_lon = [float(number) for number in polygon.split()]
    area = shapely.Polygon(list(zip(lat_lon[1::2], lat_lon[::2], strict=True)))
    nodes = [e for e in elements if e["type"] == "node"]
    within = shapely.contains_xy(area, [n["lon"] for n in nodes], [n["lat"] for n in nodes])
    return {node["id"] for node, is_in in zip(nodes, within, strict=True) if is_in}


def _holds(value: str | None, pattern: str) -> bool:
    if not pattern:
        return value is not None
    return value is None or not re.search(pattern, value)


def elements_of(path: Path) -> list[Element]:
    """Return what an OSM file holds as Overpass writes it."""
    import osmium

    letters = {"n": "node", "w": "way", "r": "relation"}
    elements: list[Element] = []
    for thing in osmium.FileProcessor(path):
        element: Element = {"id": thing.id}
        if isinstance(thing, osmium.osm.Node):
            element |= {"type": "node", "lat": thing.lat, "lon": thing.lon}
        elif isinstance(thing, osmium.osm.Way):
            element |= {"type": "way", "nodes": [ref.ref for ref in thing.nodes]}
        elif isinstance(thing, osmium.osm.Relation):
            members = [
                {"type": letters[m.type], "ref": m.ref, "role": m.role} for m in thing.members
            ]
            element |= {"type": "relation", "members": members}
        elements.append(element | {"tags": dict(thing.tags)})
    return elements


def free_port() -> int:
    """Return a port nobody listens on."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return server.server_port


def wait_until(condition: Any, seconds: float = 10.0) -> None:
    """Wait until *condition* holds; the caller checks what it wants to know afterwards."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
