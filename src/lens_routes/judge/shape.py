"""A fault of a plan document, and those of its shape: every field there, of the right kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.plan import document as plans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Fault(NamedTuple):
    """Something wrong in a document: where (``days[0].stops[2].begin``) and what."""

    path: str
    message: str

    def __str__(self) -> str:
        """Return the fault as a line of a report."""
        return f"{self.path}: {self.message}"


def check_shape(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what a plan document lacks, or holds of the wrong kind."""
    return (Fault(*fault) for fault in plans.faults(document))
