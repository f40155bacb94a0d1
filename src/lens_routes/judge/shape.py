"""Check the shape of a plan document: every field there, of the right kind, times aware."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from lens_routes.plan import document as plans
from lens_routes.plan.values import entries, record
from lens_routes.planning.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a document: where (``days[0].stops[2].begin``) and what."""

    path: str
    message: str

    def __str__(self) -> str:
        """Return the fault as a line of a report."""
        return f"{self.path}: {self.message}"


_CATALOGUE = {"title": str, "places": int, "sha256": str}
_AROUND = entries({}, {"catalogue": Annotated[dict[str, Any], entries(_CATALOGUE, {})]})


def check_shape(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what a plan document lacks, or holds of the wrong kind."""
    request = document.get("request")
    yield from (Fault(*fault) for fault in plans.faults(document))
    if isinstance(request, dict):
        yield from (Fault(*fault) for fault in _AROUND.faults(request, "request"))
        # A request may leave out what it does not ask.
        loosely = record(Request).faults(request, "request", loose=True)
        yield from (Fault(*fault) for fault in loosely)
