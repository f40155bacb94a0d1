"""Send one query to an Overpass server through OSMnx, and say in words how it failed.

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
from typing import TYPE_CHECKING

from lens_routes import __version__
from lens_routes.errors import NetworkError
from lens_routes.streets.boxes import as_text
from lens_routes.streets.walkable import WALK_FILTER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import requests

    from lens_routes.streets.progress import Report
    from lens_routes.streets.ways import BBox


USER_AGENT = f"lens-routes/{__version__} (walking tour planner, through OSMnx)"

#: HTTP codes of a server that may answer the same query a little later, and what they mean.
BUSY = {
    429: "has had too many queries from this machine",
    502: "is out of order behind its gateway",
    503: "is out of service for the moment",
    504: "is too busy",
}

#: A status page that takes longer is not waited for: the query itself will tell.
STATUS_TIMEOUT_S = 10

#: A longer ban than this is reported instead of waited for.
LONGEST_WAIT_S = 300


class TransientError(NetworkError):
    """A failure that may be over at the next attempt."""


def fetch(bbox: BBox, endpoint: str, folder: Path, report: Report, timeout_s: int) -> None:
    """Fill *folder* with the server's answers for a box and 500 m around it.

    Answers that are there already are not asked for again. While it runs, OSMnx's global settings
    are changed; they are restored afterwards, whatever happens.

    Raises
    ------
    TransientError
        The server is busy, slow, or broke off.
    NetworkError
        The server refuses, cannot do it, or answers something else than Overpass data.
    """
    import osmnx  # noqa: PLC0415  # 2 s to import, and only downloads need it
    import requests  # noqa: PLC0415  # as above

    def wait_for_turn(query: requests.PreparedRequest) -> requests.PreparedRequest:
        wait_s = _seconds_until_free(endpoint)
        if wait_s:
            report(f"{endpoint} is free again in {wait_s:.0f} s; waiting", 0.1)
            time.sleep(wait_s)
        report(f"Asking {endpoint} for the streets in {as_text(bbox)}", 0.1)
        return query

    try:
        with _osmnx_settings(
            cache_folder=folder,
            cache_only_mode=True,
            doh_url_template=None,
            http_referer=USER_AGENT,
            http_user_agent=USER_AGENT,
            overpass_rate_limit=False,  # wait_for_turn asks the server instead
            overpass_url=endpoint,
            requests_kwargs={"auth": wait_for_turn, "hooks": {"response": _examine}},
            requests_timeout=timeout_s,
            use_cache=True,
        ):
            osmnx.graph_from_bbox(
                bbox,
                network_type="walk",
                simplify=False,
                retain_all=True,
                truncate_by_edge=True,
                custom_filter=WALK_FILTER,
            )
    except InterruptedError:
        return  # how OSMnx says, in its cache-only mode, that everything is in the cache
    except requests.RequestException as error:
        raise _explain(error, endpoint, timeout_s) from error


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
            f"{endpoint}/status", headers={"User-Agent": USER_AGENT}, timeout=STATUS_TIMEOUT_S
        ).text
    except requests.Timeout:
        return 0.0
    except requests.ConnectionError as error:
        raise _unreachable(endpoint, error) from error
    except requests.RequestException:
        return 0.0
    if re.search(r"^\d+ slots? available now", page, re.MULTILINE):
        return 0.0
    waits = re.findall(r"^Slot available after: .* in (-?\d+) seconds", page, re.MULTILINE)
    wait_s = max(0.0, min(map(float, waits), default=0.0))
    if wait_s > LONGEST_WAIT_S:
        raise NetworkError(
            f"{endpoint} takes no query from this machine for another {wait_s:.0f} s.",
            "Wait that long, or name another Overpass server.",
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
    if response.status_code in BUSY:
        raise TransientError(
            f"{_server(response)} {BUSY[response.status_code]} (HTTP {response.status_code}).",
            "Try again later, ask for a smaller area, or name another Overpass server.",
        )
    if not response.ok:
        raise NetworkError(
            f"{_server(response)} refused the query "
            f"(HTTP {response.status_code} {response.reason}).",
            "Check the endpoint, or name another Overpass server.",
        )


def _check_content(response: requests.Response) -> None:
    try:
        answer = response.json()
    except ValueError as error:
        if response.text.lstrip().startswith("{"):
            raise TransientError(
                f"The answer of {_server(response)} broke off "
                f"after {len(response.content):,} bytes.",
                "Try again, or ask for a smaller area.",
            ) from error
        raise NetworkError(
            f"{_server(response)} answered something else than Overpass data: "
            f"{response.text[:80]!r}.",
            "Check the endpoint and whether this network asks you to log in.",
        ) from error
    if not isinstance(answer, dict) or not isinstance(answer.get("elements"), list):
        raise NetworkError(
            f"{_server(response)} answered JSON that is not Overpass data.", "Check the endpoint."
        )
    if "remark" in answer:
        raise NetworkError(
            f"{_server(response)} could not answer the whole query: {answer['remark']}",
            "Ask for a smaller area, or name another Overpass server.",
        )


def _server(response: requests.Response) -> str:
    return response.url.removesuffix("/interpreter")


def _explain(error: requests.RequestException, endpoint: str, timeout_s: int) -> NetworkError:
    import requests  # noqa: PLC0415  # as above

    if isinstance(error, requests.exceptions.SSLError):
        return NetworkError(
            f"{endpoint} does not prove its identity: {error}.", "Check the endpoint and the clock."
        )
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return TransientError(
            f"{endpoint} did not answer within {timeout_s} s.",
            "Try again later, ask for a smaller area, or allow more time.",
        )
    if isinstance(error, (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        return TransientError(
            f"The connection to {endpoint} broke off.", "Try again, or ask for a smaller area."
        )
    return NetworkError(f"{endpoint} cannot be used: {error}.", "Check the endpoint.")


def _unreachable(endpoint: str, error: requests.RequestException) -> NetworkError:
    import requests  # noqa: PLC0415  # as above

    if isinstance(error, requests.exceptions.SSLError):
        return NetworkError(
            f"{endpoint} does not prove its identity: {error}.", "Check the endpoint and the clock."
        )
    cause = "no such server is known" if "resolve" in str(error) else "it cannot be reached"
    return NetworkError(
        f"No connection to {endpoint}: {cause}.",
        "Check the internet connection and the endpoint; or use `lens-routes streets import FILE`.",
    )
