"""Send queries to an Overpass server through OSMnx, and say in words how they failed.

OSMnx waits 55 s and tries again for ever when a server is busy, waits a minute for one that is
out of reach, and takes partial answers for whole ones. Its documented ``requests_kwargs`` setting
lets us see each query before it leaves (as requests' ``auth``) and each answer before OSMnx does
(as requests' ``hooks``): the first waits for its turn, the second raises what is wrong.
"""

from __future__ import annotations

import contextlib
import re
import socket
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from lens_routes import __version__
from lens_routes.errors import NetworkError
from lens_routes.files.look import HEAVIEST_JSON_BYTES, json_weight
from lens_routes.net.address import public
from lens_routes.net.bounds import TooLateError, TooMuchError, Watch, at_most, within
from lens_routes.streets.access.tags import OVERPASS
from lens_routes.streets.build import landscape_tags
from lens_routes.streets.build.amenities import tags as amenity_tags
from lens_routes.streets.build.boxes import as_text
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import requests

    from lens_routes.streets.build.ways import Report
    from lens_routes.streets.network.source import BBox


USER_AGENT = f"lens-routes/{__version__} (walking tour planner, through OSMnx)"

#: A status page that takes longer is not waited for: the query itself will tell.
STATUS_TIMEOUT_S = 10

#: After the time for a query, an answer may be on its way for so long.
LONGEST_ANSWER_S = 300

#: One of OSMnx's queries, 2,500 km² at most, answers less; a status page is a few lines.
LARGEST_ANSWER_BYTES, LARGEST_PAGE_BYTES = 100_000_000, 100_000


#: A longer ban than this is reported instead of waited for.
LONGEST_WAIT_S = 300


class TransientError(NetworkError):
    """A failure that may be over at the next attempt."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to ask which server about a box, and where its answers go.

    ``folder`` is OSMnx's cache: answers that are there already are not asked for again. The server
    may take ``timeout_s`` seconds over one query, and stay silent while it answers.
    """

    bbox: BBox
    endpoint: str
    folder: Path
    timeout_s: int

    @property
    def server(self) -> str:
        """The endpoint as it may be shown."""
        return public(self.endpoint)


def fetch_streets(query: Query, report: Report) -> None:
    """Fetch the ways of a box and 500 m around it; raises as `fetch_landscape` does."""
    import osmnx  # noqa: PLC0415  # 2 s to import, and only downloads need it

    graph_from_bbox = partial(
        osmnx.graph_from_bbox,
        query.bbox,
        network_type="walk",
        simplify=False,
        retain_all=True,
        truncate_by_edge=True,
        custom_filter=OVERPASS,
    )
    said = tr("Asking {server} for the streets in {box}", **_named(query))
    _through_osmnx(graph_from_bbox, query, said, report)


def wanted_values() -> dict[str, bool | str | list[str]]:
    """Return the values of each key that are asked for around the streets, as OSMnx takes them."""
    drawn, needed = landscape_tags.wanted_values(), amenity_tags.wanted_values()
    return {
        key: list(dict.fromkeys((*drawn.get(key, ()), *needed.get(key, ()))))
        for key in sorted({*drawn, *needed})
    }


def fetch_landscape(query: Query, report: Report) -> None:
    """Fetch what is drawn around the streets of a box, and what travellers need there.

    Raises
    ------
    TransientError
        The server is busy, slow, or broke off.
    NetworkError
        The server refuses, cannot do it, or answers something else than Overpass data.
    """
    import osmnx  # noqa: PLC0415  # as above

    features_from_bbox = partial(osmnx.features_from_bbox, query.bbox, wanted_values())
    said = tr("Asking {server} for the waters and greens in {box}", **_named(query))
    _through_osmnx(features_from_bbox, query, said, report)


def fetch_features(query: Query, values: dict[str, bool | str | list[str]], report: Report) -> None:
    """Fetch what bears some values of keys in a box; raises as `fetch_landscape` does."""
    import osmnx  # noqa: PLC0415  # as above

    features_from_bbox = partial(osmnx.features_from_bbox, query.bbox, values)
    said = tr("Asking {server} for the sights in {box}", **_named(query))
    _through_osmnx(features_from_bbox, query, said, report)


def _named(query: Query) -> dict[str, str]:
    return {"server": query.server, "box": as_text(query.bbox)}


def _through_osmnx(ask: Callable[[], object], query: Query, said: str, report: Report) -> None:
    """Have OSMnx fill its cache; its settings are restored afterwards, whatever happens."""
    import requests  # noqa: PLC0415  # as above

    watch = Watch(query.timeout_s + STATUS_TIMEOUT_S)

    def wait_for_turn(sent: requests.PreparedRequest) -> requests.PreparedRequest:
        watch.allow(2 * STATUS_TIMEOUT_S)
        wait_s = _seconds_until_free(query.endpoint)
        watch.allow(wait_s + query.timeout_s + LONGEST_ANSWER_S)
        if wait_s:
            free = tr(
                "{server} is free again in {n} s; waiting", server=query.server, n=f"{wait_s:.0f}"
            )
            report(free, 0.1)
            time.sleep(wait_s)
        report(said, 0.1)
        return sent

    try:
        with _osmnx_settings(
            cache_folder=query.folder,
            cache_only_mode=True,
            doh_url_template=None,
            http_referer=USER_AGENT,
            http_user_agent=USER_AGENT,
            overpass_rate_limit=False,  # wait_for_turn asks the server instead
            overpass_url=query.endpoint,
            requests_kwargs={
                "auth": wait_for_turn,
                "hooks": {"response": [at_most(LARGEST_ANSWER_BYTES), _examine]},
            },
            requests_timeout=query.timeout_s,
            use_cache=True,
        ):
            within(watch, ask)
    except InterruptedError:
        return  # how OSMnx says, in its cache-only mode, that everything is in the cache
    except TooLateError as error:
        raise TransientError(
            tr("{server} did not send all of its answer in time.", server=query.server),
            tr("Try again later, ask for a smaller area, or allow more time."),
        ) from error
    except TooMuchError as error:
        raise NetworkError(
            tr(
                "{server} sends more than {size} MB.",
                server=query.server,
                size=wording.number(LARGEST_ANSWER_BYTES / 1e6),
            ),
            tr("Ask for a smaller area, or name another Overpass server."),
        ) from error
    except requests.RequestException as error:
        raise _explain(error, query.server, query.timeout_s) from error


def _seconds_until_free(endpoint: str) -> float:
    """Ask the server's status page how long to wait before a query, in seconds.

    A server without a readable status page is taken to be free.

    Raises
    ------
    NetworkError
        The server cannot be reached at all, or asks for more than five minutes' patience.
    """
    import requests  # noqa: PLC0415  # as above

    try:
        page = requests.get(
            f"{endpoint}/status",
            headers={"User-Agent": USER_AGENT},
            hooks={"response": at_most(LARGEST_PAGE_BYTES)},
            timeout=STATUS_TIMEOUT_S,
        ).text
    except requests.Timeout:
        return 0.0
    except requests.ConnectionError as error:
        raise _unreachable(public(endpoint), error) from error
    except (requests.RequestException, TooMuchError):
        return 0.0
    if re.search(r"^\d+ slots? available now", page, re.MULTILINE):
        return 0.0
    waits = re.findall(r"^Slot available after: .* in (-?\d+) seconds", page, re.MULTILINE)
    wait_s = max(0.0, min(map(float, waits), default=0.0))
    if wait_s > LONGEST_WAIT_S:
        raise NetworkError(
            tr(
                "{server} takes no query from this machine for another {n} s.",
                server=public(endpoint),
                n=f"{wait_s:.0f}",
            ),
            tr("Wait that long, or name another Overpass server."),
        )
    return wait_s


@contextlib.contextmanager
def _osmnx_settings(**changes: object) -> Iterator[None]:
    """Change OSMnx's global settings for a while; undo its redirection of names as well."""
    from osmnx import settings  # noqa: PLC0415  # as above

    kept = {name: getattr(settings, name) for name in changes}
    getaddrinfo = socket.getaddrinfo
    try:
        for name, value in changes.items():
            setattr(settings, name, value)
        yield
    finally:
        socket.getaddrinfo = getaddrinfo
        for name, value in kept.items():
            setattr(settings, name, value)


def _examine(response: requests.Response, *_: object, **__: object) -> None:
    """Raise what is wrong with an answer, before OSMnx acts on it."""
    if response.is_redirect:
        return
    with contextlib.closing(response):
        _check_status(response)
        _check_content(response)


def _check_status(response: requests.Response) -> None:
    server, code = _server(response), response.status_code
    # These may answer the same query a little later.
    busy = {
        429: tr("{server} has had too many queries from this machine (HTTP 429).", server=server),
        502: tr("{server} is out of order behind its gateway (HTTP 502).", server=server),
        503: tr("{server} is out of service for the moment (HTTP 503).", server=server),
        504: tr("{server} is too busy (HTTP 504).", server=server),
    }
    if code in busy:
        raise TransientError(
            busy[code],
            tr("Try again later, ask for a smaller area, or name another Overpass server."),
        )
    if not response.ok:
        raise NetworkError(
            tr(
                "{server} refused the query (HTTP {code} {reason}).",
                server=server,
                code=code,
                reason=response.reason,
            ),
            tr("Check the endpoint, or name another Overpass server."),
        )


def _check_content(response: requests.Response) -> None:
    server = _server(response)
    if json_weight(response.content) > HEAVIEST_JSON_BYTES:
        raise TooMuchError
    try:
        answer = response.json()
    except ValueError as error:
        if response.text.lstrip().startswith("{"):
            raise TransientError(
                tr(
                    "The answer of {server} broke off after {n} bytes.",
                    server=server,
                    n=wording.grouped(len(response.content)),
                ),
                tr("Try again, or ask for a smaller area."),
            ) from error
        raise NetworkError(
            tr(
                "{server} answered something else than Overpass data: {beginning}.",
                server=server,
                beginning=wording.quoted(response.text[:80]),
            ),
            tr("Check the endpoint and whether this network asks you to log in."),
        ) from error
    if not isinstance(answer, dict) or not isinstance(answer.get("elements"), list):
        raise NetworkError(
            tr("{server} answered JSON that is not Overpass data.", server=server),
            tr("Check the endpoint."),
        )
    if "remark" in answer:
        raise NetworkError(
            tr(
                "{server} could not answer the whole query: {remark}",
                server=server,
                remark=answer["remark"],
            ),
            tr("Ask for a smaller area, or name another Overpass server."),
        )


def _server(response: requests.Response) -> str:
    return public(response.url).removesuffix("/interpreter")


def _explain(error: requests.RequestException, endpoint: str, timeout_s: int) -> NetworkError:
    import requests  # noqa: PLC0415  # as above

    if isinstance(error, requests.exceptions.SSLError):
        return _unproven(endpoint, error)
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return TransientError(
            tr("{server} did not answer within {n} s.", server=endpoint, n=timeout_s),
            tr("Try again later, ask for a smaller area, or allow more time."),
        )
    if isinstance(error, (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        return TransientError(
            tr("The connection to {server} broke off.", server=endpoint),
            tr("Try again, or ask for a smaller area."),
        )
    return NetworkError(
        tr("{server} cannot be used: {reason}.", server=endpoint, reason=public(str(error))),
        tr("Check the endpoint."),
    )


def _unreachable(endpoint: str, error: requests.RequestException) -> NetworkError:
    import requests  # noqa: PLC0415  # as above

    if isinstance(error, requests.exceptions.SSLError):
        return _unproven(endpoint, error)
    unknown = tr("No connection to {server}: no such server is known.", server=endpoint)
    silent = tr("No connection to {server}: it cannot be reached.", server=endpoint)
    return NetworkError(
        unknown if "resolve" in str(error) else silent,
        tr(
            "Check the internet connection and the endpoint; or use `{command}`.",
            command="lens-routes streets import FILE",
        ),
    )


def _unproven(endpoint: str, error: requests.RequestException) -> NetworkError:
    return NetworkError(
        tr(
            "{server} does not prove its identity: {reason}.",
            server=endpoint,
            # The error itself names the address with all its secrets.
            reason=getattr(error.args[0] if error.args else error, "reason", type(error).__name__),
        ),
        tr("Check the endpoint and the clock."),
    )
