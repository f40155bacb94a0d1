"""Fetch a feed from the internet, whole or not at all."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lens_routes.errors import NetworkError, StorageError
from lens_routes.text import wording as words
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import requests

    Report = Callable[[str, float], None]

USER_AGENT = "lens-routes (timetable import)"
TIMEOUT_S = 30
LARGEST_BYTES = 500 * 1024**2
_CHUNK = 1 << 16


def _try_later() -> str:
    return tr("Try again later; the timetables installed are as they were.")


@contextlib.contextmanager
def fetched(url: str, report: Report) -> Iterator[Path]:
    """Download the feed at *url* to a file that lives as long as the block.

    The entry of a data set at data.gouv.fr (JSON) stands for the latest GTFS file it lists.

    Raises
    ------
    NetworkError
        The server is out of reach, refuses, breaks off, or sends something else than a zip file.
    StorageError
        There is no room for the file.
    """
    with tempfile.TemporaryDirectory(prefix="lens-routes-") as folder:
        path = Path(folder) / "feed.zip"
        _fetch(url, path, report)
        if path.read_bytes()[:1] in {b"{", b"["}:
            _fetch(_latest(path, url), path, report)
        if path.read_bytes()[:4] != b"PK\x03\x04":
            start = words.quoted(path.read_bytes()[:60].decode("utf-8", "replace"))
            raise NetworkError(
                tr("{url} sent something else than a zip file: {start}.", url=url, start=start),
                tr("Check the address, and whether this network asks you to log in."),
            )
        yield path


def _fetch(url: str, path: Path, report: Report) -> None:
    import requests  # noqa: PLC0415  # only to download

    report(tr("asking {url}", url=url), 0.0)
    try:
        with requests.get(
            url, headers={"User-Agent": USER_AGENT}, timeout=TIMEOUT_S, stream=True
        ) as answer:
            if not answer.ok:
                raise NetworkError(
                    tr(
                        "{url} answered HTTP {status} {reason}.",
                        url=url,
                        status=answer.status_code,
                        reason=answer.reason,
                    ),
                    _try_later(),
                )
            _keep(answer, url, path, report)
    except requests.exceptions.SSLError as error:
        raise NetworkError(
            tr("{url} does not prove its identity: {error}.", url=url, error=error),
            tr("Check the address and the clock."),
        ) from error
    except requests.Timeout as error:
        raise NetworkError(
            tr("{url} did not answer within {seconds} s.", url=url, seconds=TIMEOUT_S),
            _try_later(),
        ) from error
    except requests.RequestException as error:
        broken = isinstance(error, requests.exceptions.ChunkedEncodingError)
        raise NetworkError(
            tr("{url} broke off.", url=url) if broken else tr("{url} cannot be reached.", url=url),
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
        entry: dict[str, Any] = json.loads(path.read_bytes())
        files = [r for r in entry["resources"] if _is_gtfs(r)]
        newest = max(files, key=lambda r: str(r.get("last_modified") or ""))
        return str(newest.get("latest") or newest["url"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NetworkError(
            tr("{url} lists no GTFS file.", url=url), tr("Give the address of the file.")
        ) from None


def _is_gtfs(resource: dict[str, Any]) -> bool:
    form = str(resource.get("format") or "").lower()
    words = f"{resource.get('title') or ''} {resource['url']}".lower()
    return form == "gtfs" or (form == "zip" and "netex" not in words)
