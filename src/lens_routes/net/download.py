"""Download a file: so large, within so much time, and from where an earlier attempt ended."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.errors import NetworkError, StorageError
from lens_routes.net.address import public
from lens_routes.net.bounds import TooLateError, TooMuchError, Watch, at_most, within
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    import requests

    Report = Callable[[str, float], None]

_CHUNK = 1 << 16


class Terms(NamedTuple):
    """Who asks, and what a server may take: bytes, and seconds silent and in all.

    ``again`` is what to do where another attempt may succeed; a server that answers one of
    ``lacking`` has no such file.
    """

    agent: str
    largest: int
    silence_s: float
    whole_s: float
    again: str
    lacking: Collection[int] = ()


def fetch(url: str, path: Path, report: Report, terms: Terms, have: int = 0) -> bool:
    """Download to *path*, whose first *have* bytes are there; return whether there is such a file.

    Raises
    ------
    NetworkError
        The server is out of reach, refuses, breaks off, sends too much or takes too long.
    StorageError
        There is no room for the file.
    """
    shown = public(url)
    report(tr("asking {url}", url=shown), 0.0)
    try:
        with _explained(shown, terms):
            return within(Watch(terms.whole_s), lambda: _download(url, path, report, terms, have))
    except TooLateError as error:
        raise NetworkError(
            tr("{url} was not done after {n} s.", url=shown, n=f"{terms.whole_s:g}"), terms.again
        ) from error
    except TooMuchError as error:
        raise NetworkError(
            tr(
                "{url} sends more than {size} MB.",
                url=shown,
                size=wording.number(terms.largest / 1e6),
            ),
            tr("Check the address; or download the file and give it."),
        ) from error


def _download(url: str, path: Path, report: Report, terms: Terms, have: int) -> bool:
    import requests  # noqa: PLC0415  # only to download

    headers = {"User-Agent": terms.agent, "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with requests.get(
        url,
        headers=headers,
        hooks={"response": at_most(terms.largest - have)},
        timeout=terms.silence_s,
        stream=True,
    ) as answer:
        if answer.status_code in terms.lacking:
            return False
        if answer.status_code == 416 and have:  # what is there is not what the server has
            return _download(url, path, report, terms, 0)
        if not answer.ok:
            raise NetworkError(
                tr(
                    "{url} answered HTTP {status} {reason}.",
                    url=public(url),
                    status=answer.status_code,
                    reason=answer.reason,
                ),
                terms.again,
            )
        begin = f"bytes {have}-"
        goes_on = answer.headers.get("Content-Range", "").startswith(begin)
        _keep(answer, path, have if goes_on and answer.status_code == 206 else 0, report)
    return True


def _keep(answer: requests.Response, path: Path, have: int, report: Report) -> None:
    length = answer.headers.get("Content-Length", "")
    # A length is that of what is sent; where that is packed, the file's own is not known.
    known = length.isdecimal() and not answer.headers.get("Content-Encoding")
    whole = have + int(length) if known else 0
    with _room(path), path.open("ab" if have else "wb") as stream:
        for chunk in answer.iter_content(_CHUNK):
            have += len(chunk)
            stream.write(chunk)
            share = min(1.0, have / whole) if whole else 0.0
            report(tr("{size} MB", size=wording.number(have / 1e6, 1)), share)
    if have < whole:
        raise EOFError


@contextlib.contextmanager
def _room(path: Path) -> Iterator[None]:
    """Say that a file cannot be written; what the network did is left to others."""
    import requests  # noqa: PLC0415  # as above

    try:
        yield
    except requests.RequestException:
        raise  # it is an OSError too, and none of this disk
    except OSError as error:
        raise StorageError(
            tr("{path} cannot be written: {reason}.", path=path, reason=wording.reason(error))
        ) from error


@contextlib.contextmanager
def _explained(shown: str, terms: Terms) -> Iterator[None]:
    """Say in words how a request failed; an error of a library names all secrets of the address."""
    import requests  # noqa: PLC0415  # as above
    import urllib3  # noqa: PLC0415

    try:
        yield
    except requests.exceptions.SSLError as error:
        reason = getattr(error.args[0] if error.args else error, "reason", type(error).__name__)
        raise NetworkError(
            tr("{url} does not prove its identity: {error}.", url=shown, error=public(str(reason))),
            tr("Check the address and the clock."),
        ) from error
    except (requests.exceptions.ChunkedEncodingError, EOFError) as error:
        raise NetworkError(tr("{url} broke off.", url=shown), terms.again) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
        if isinstance(error, requests.Timeout) or "timed out" in str(error):
            raise NetworkError(
                tr("{url} did not answer within {seconds} s.", url=shown, seconds=terms.silence_s),
                terms.again,
            ) from error
        raise NetworkError(
            tr("{url} cannot be reached.", url=shown),
            tr("Check the internet connection and the address, or give a file."),
        ) from error
