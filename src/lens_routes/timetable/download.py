"""Fetch a feed from the internet, whole or not at all."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lens_routes.errors import NetworkError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import requests

    Report = Callable[[str, float], None]

USER_AGENT = "lens-routes (timetable import)"
TIMEOUT_S = 30
LARGEST_BYTES = 500 * 1024**2
_CHUNK = 1 << 16
_TRY_LATER = "Try again later; the timetables installed are as they were."


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
            start = path.read_bytes()[:60]
            raise NetworkError(
                f"{url} sent something else than a zip file: {start!r}.",
                "Check the address, and whether this network asks you to log in.",
            )
        yield path


def _fetch(url: str, path: Path, report: Report) -> None:
    import requests  # noqa: PLC0415  # only to download

    report(f"asking {url}", 0.0)
    try:
        with requests.get(
            url, headers={"User-Agent": USER_AGENT}, timeout=TIMEOUT_S, stream=True
        ) as answer:
            if not answer.ok:
                raise NetworkError(
                    f"{url} answered HTTP {answer.status_code} {answer.reason}.", _TRY_LATER
                )
            _keep(answer, url, path, report)
    except requests.exceptions.SSLError as error:
        raise NetworkError(
            f"{url} does not prove its identity: {error}.", "Check the address and the clock."
        ) from error
    except requests.Timeout as error:
        raise NetworkError(f"{url} did not answer within {TIMEOUT_S} s.", _TRY_LATER) from error
    except requests.RequestException as error:
        broken = isinstance(error, requests.exceptions.ChunkedEncodingError)
        what = "broke off" if broken else "cannot be reached"
        raise NetworkError(
            f"{url} {what}.", "Check the internet connection and the address, or give a file."
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
                        f"{url} sends more than {LARGEST_BYTES / 1e6:,.0f} MB.",
                        "Check the address; or download the file and give it.",
                    )
                stream.write(chunk)
                report(f"{received / 1e6:,.1f} MB", min(1.0, received / whole) if whole else 0.0)
    except requests.RequestException:
        raise  # it is an OSError too, and none of this disk
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}.") from error
    if whole and received != whole:
        raise NetworkError(f"{url} broke off after {received:,} of {whole:,} bytes.", _TRY_LATER)


def _latest(path: Path, url: str) -> str:
    """Return the address of the newest GTFS file that a data set's entry lists."""
    import json  # noqa: PLC0415  # only for data sets

    try:
        entry: dict[str, Any] = json.loads(path.read_bytes())
        files = [r for r in entry["resources"] if _is_gtfs(r)]
        newest = max(files, key=lambda r: str(r.get("last_modified") or ""))
        return str(newest.get("latest") or newest["url"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NetworkError(f"{url} lists no GTFS file.", "Give the address of the file.") from None


def _is_gtfs(resource: dict[str, Any]) -> bool:
    form = str(resource.get("format") or "").lower()
    words = f"{resource.get('title') or ''} {resource['url']}".lower()
    return form == "gtfs" or (form == "zip" and "netex" not in words)
