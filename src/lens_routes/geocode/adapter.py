"""How geopy reaches a server: answers of a bounded size, whole within a bounded time."""

from __future__ import annotations

from typing import Any
from urllib.error import HTTPError

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderServiceError, GeocoderTimedOut

from lens_routes.net.bounds import TooLateError, TooMuchError, Watch, read_at_most, within

#: Ten addresses take a few kilobytes.
LARGEST_BYTES = 1_000_000
#: A server may be silent for so long each time; in all it has this many times as long.
_TIMES = 4


class BoundedAdapter(URLLibAdapter):  # type: ignore[misc]  # geopy is not annotated
    """The adapter of Python's own library, which tries once, with bounds it has not."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._opened: Any = vars(self)["urlopen"]
        self.urlopen = self._open_bounded

    def get_text(self, url: str, *, timeout: float, headers: Any) -> Any:
        """Return what a server answers; geopy's errors where it does not in time."""
        call = super().get_text
        try:
            return within(
                Watch(_TIMES * timeout), lambda: call(url, timeout=timeout, headers=headers)
            )
        except TooLateError as error:
            raise GeocoderTimedOut("Service timed out") from error

    def _open_bounded(self, *request: Any, **options: Any) -> Any:
        try:
            return _bounded(self._opened(*request, **options))
        except HTTPError as error:
            raise _bounded(error) from None


def _bounded(page: Any) -> Any:
    read = page.read

    def at_most() -> bytes:
        try:
            return read_at_most(read, LARGEST_BYTES)
        except TooMuchError as error:
            raise GeocoderServiceError("The answer is too long") from error
        finally:
            page.close()

    page.read = at_most
    return page
