"""Which engine, at which address; and what it answers, within bounds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lens_routes.errors import NetworkError, NotFoundError, UsageError
from lens_routes.net.address import is_address, public, spelled
from lens_routes.net.bounds import TooLateError, TooMuchError, Watch, at_most, within
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import requests

    from lens_routes.judge.shape import Fault

#: A server may be silent for so long, and take so long in all, seconds.
TIMEOUT_S, LONGEST_S = 20, 60
#: The longest journeys with their lines take some megabytes.
LARGEST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Engine:
    """A server that finds ways: ``url`` is its address, without a slash at its end."""

    url: str

    @property
    def shown(self) -> str:
        """The address as it may be shown."""
        return public(self.url)

    def answer(
        self,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the JSON values that the server answers, asked by GET, or POST with a *body*.

        Raises
        ------
        NotFoundError
            The engine says that it has no such way.
        NetworkError
            It is out of reach, too slow, or answers no JSON.
        """
        import requests  # noqa: PLC0415  # only to ask

        def ask() -> requests.Response:
            return requests.request(
                "GET" if body is None else "POST",
                self.url + path,
                params=query,
                json=body,
                headers={"User-Agent": "lens-routes"},
                timeout=TIMEOUT_S,
                hooks={"response": at_most(LARGEST_BYTES)},
            )

        try:
            response = within(Watch(LONGEST_S), ask)
        except (TooLateError, requests.Timeout) as error:
            raise self.failure(tr("does not answer in time")) from error
        except TooMuchError as error:
            raise self.failure(tr("answers far too much")) from error
        except (requests.RequestException, ValueError) as error:  # ValueError: no name of a host
            raise self.failure(tr("cannot be reached")) from error
        return self._read(response)

    def _read(self, response: requests.Response) -> Any:
        try:
            document = json.loads(response.content)
        except ValueError as error:
            raise self.failure(tr("answers no JSON")) from error
        if response.ok:
            return document
        reason = document.get("error") if isinstance(document, dict) else None
        if response.status_code in range(400, 500) and isinstance(reason, str):
            raise NotFoundError(
                tr("{url} has no such way: {reason}.", url=self.shown, reason=reason.rstrip(".")),
                tr("Ask for other points or another mode, or leave out --engine."),
            )
        raise self.failure(tr("answers HTTP {status}", status=response.status_code))

    def require_sound(self, faults: Sequence[Fault]) -> None:
        """Refuse an answer that the checker finds faults in."""
        if faults:
            raise self.failure(tr("answers what cannot be ({fault})", fault=faults[0]))

    def failure(self, what: str) -> NetworkError:
        """Return the error that says what is wrong with the server."""
        return NetworkError(
            tr("{url} {what}.", url=self.shown, what=what),
            tr("Check the address given to --engine, and that the server runs."),
        )


def engine_called(text: str, kind: str) -> Engine:
    """Return the engine of a kind that an option names, as ``valhalla:http://localhost:8002``.

    Raises
    ------
    UsageError
        It names another kind, or no address.
    """
    name, _, url = spelled(text).partition(":")
    if name.lower() != kind or not is_address(url):
        raise UsageError(
            tr("--engine {text!r} is no engine that is known here.", text=public(spelled(text))),
            tr("Write for example: --engine {example}", example=f"{kind}:http://localhost:8002"),
        )
    return Engine(url.rstrip("/"))
