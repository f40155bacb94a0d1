"""Fetch a feed from the internet, whole or not at all."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from lens_routes.errors import BadInputError, NetworkError, StorageError
from lens_routes.files import unfinished
from lens_routes.files.look import required
from lens_routes.files.storage import make_folder
from lens_routes.net.address import public
from lens_routes.net.bounds import TooLateError, Watch, within
from lens_routes.text import wording as words
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import requests

    Report = Callable[[str, float], None]

USER_AGENT = "lens-routes (timetable import)"
#: How long a server may be silent, and how long it may take in all, seconds.
TIMEOUT_S, LONGEST_S = 30, 1800
#: A feed, and the entry of a data set that lists it.
LARGEST_BYTES, LARGEST_ENTRY_BYTES = 500 * 1024**2, 10 * 1024**2
_CHUNK = 1 << 16


def _try_later() -> str:
    return tr("Try again later; the timetables installed are as they were.")


@contextlib.contextmanager
def fetched(url: str, folder: Path, report: Report) -> Iterator[Path]:
    """Download the feed at *url* to a file in *folder* that lives as long as the block.

    The entry of a data set at data.gouv.fr (JSON) stands for the latest GTFS file it lists.

    Raises
    ------
    NetworkError
        The server is out of reach, refuses, breaks off, takes too long, or sends something else
        than a zip file.
    StorageError
        There is no room for the file.
    """
    make_folder(folder)
    with unfinished.scratch(folder, "feed") as inner:
        path = inner / "feed.zip"
        _fetch(url, path, report)
        if _start(path, 1) in {b"{", b"["}:
            _fetch(_latest(path, url), path, report)
        if _start(path, 4) != b"PK\x03\x04":
            start = words.quoted(_start(path, 60).decode("utf-8", "replace"))
            raise NetworkError(
                tr("{url} sent something else than a zip file: {start}.", url=public(url),
                   start=start),
                tr("Check the address, and whether this network asks you to log in."),
            )  # fmt: skip
        yield path


def _start(path: Path, count: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(count)


def _fetch(url: str, path: Path, report: Report) -> None:
    """Download a file, whole and in good time."""
    try:
        within(Watch(LONGEST_S), lambda: _download(url, path, report))
    except TooLateError as error:
        raise NetworkError(
            tr("{url} did not send all of it within {n} min.", url=public(url), n=LONGEST_S // 60),
            tr("Try again later; or download the file and give it."),
        ) from error


def _download(url: str, path: Path, report: Report) -> None:
    import requests  # noqa: PLC0415  # only to download

    shown = public(url)
    report(tr("asking {url}", url=shown), 0.0)
    try:
        with requests.get(
            url, headers={"User-Agent": USER_AGENT}, timeout=TIMEOUT_S, stream=True
        ) as answer:
            if not answer.ok:
                raise NetworkError(
                    tr(
                        "{url} answered HTTP {status} {reason}.",
                        url=shown,
                        status=answer.status_code,
                        reason=answer.reason,
                    ),
                    _try_later(),
                )
            _keep(answer, shown, path, report)
    except requests.exceptions.SSLError as error:
        # The error itself names the address with all its secrets.
        reason = getattr(error.args[0] if error.args else error, "reason", type(error).__name__)
        raise NetworkError(
            tr("{url} does not prove its identity: {error}.", url=shown, error=reason),
            tr("Check the address and the clock."),
        ) from error
    except requests.Timeout as error:
        raise NetworkError(
            tr("{url} did not answer within {seconds} s.", url=shown, seconds=TIMEOUT_S),
            _try_later(),
        ) from error
    except (requests.RequestException, ValueError) as error:  # ValueError: no such name of a host
        broken = isinstance(error, requests.exceptions.ChunkedEncodingError)
        raise NetworkError(
            tr("{url} broke off.", url=shown)
            if broken
            else tr("{url} cannot be reached.", url=shown),
            tr("Check the internet connection and the address, or give a file."),
        ) from error


def _keep(answer: requests.Response, url: str, path: Path, report: Report) -> None:
    expected = answer.headers.get("Content-Length", "")
    # A length is that of what is sent; where that is packed, the file's own is not known.
    whole = (
        int(expected) if expected.isdigit() and not answer.headers.get("Content-Encoding") else 0
    )
    import requests  # noqa: PLC0415  # as above

    received = 0
    try:
        with path.open("wb") as stream:
            for chunk in answer.iter_content(_CHUNK):
                received += len(chunk)
                if received > LARGEST_BYTES:
                    raise NetworkError(
                        tr(
                            "{url} sends more than {size} MB.",
                            url=url,
                            size=words.number(LARGEST_BYTES / 1e6),
                        ),
                        tr("Check the address; or download the file and give it."),
                    )
                stream.write(chunk)
                report(
                    tr("{size} MB", size=words.number(received / 1e6, 1)),
                    min(1.0, received / whole) if whole else 0.0,
                )
    except requests.RequestException:
        raise  # it is an OSError too, and none of this disk
    except OSError as error:
        raise StorageError(
            tr("{path} cannot be written: {reason}.", path=path, reason=words.reason(error))
        ) from error
    if whole and received != whole:
        raise NetworkError(
            tr(
                "{url} broke off after {received} of {whole} bytes.",
                url=url,
                received=f"{received:,}",
                whole=f"{whole:,}",
            ),
            _try_later(),
        )


def _latest(path: Path, url: str) -> str:
    """Return the address of the newest GTFS file that a data set's entry lists."""
    import json  # noqa: PLC0415  # only for data sets

    try:
        entry: dict[str, Any] = json.loads(required(path, LARGEST_ENTRY_BYTES))
        files = [r for r in entry["resources"] if _is_gtfs(r)]
        newest = max(files, key=lambda r: str(r.get("last_modified") or ""))
        return str(newest.get("latest") or newest["url"])
    except (BadInputError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NetworkError(
            tr("{url} lists no GTFS file.", url=public(url)), tr("Give the address of the file.")
        ) from None


def _is_gtfs(resource: dict[str, Any]) -> bool:
    form = str(resource.get("format") or "").lower()
    words = f"{resource.get('title') or ''} {resource['url']}".lower()
    return form == "gtfs" or (form == "zip" and "netex" not in words)
