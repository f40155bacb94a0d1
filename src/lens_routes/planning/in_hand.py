"""How much time is kept in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lens_routes.planning.request import Request

#: Nobody wants to run for a train: seconds in hand before rides, closings and appointments.
EASE_S = 600


class InHand(NamedTuple):
    """Time kept in hand, seconds.

    With ``firm_s`` one may be so late anywhere, and the rest of the day still works. ``ease_s`` is
    kept before rides, closings and appointments only, and before closings only where that leaves
    time for a visit.
    """

    firm_s: int = 0
    ease_s: int = 0

    @property
    def before_s(self) -> int:
        """What is kept before rides and appointments."""
        return max(self)


def in_hand(request: Request, ease_s: int) -> InHand:
    """Return what a request keeps in hand, with some ease where it does not ask for more."""
    margin_s = 60 * request.margin_minutes
    return InHand(margin_s, 0 if margin_s else ease_s)
