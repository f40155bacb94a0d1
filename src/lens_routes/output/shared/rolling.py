"""What is said of ways to who rolls along them: how much is known to be passable, what is worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens_routes.plan.leg import Leg


def rolled(leg: Leg) -> Iterator[str]:
    """Yield what who rolls should know of a way; nothing of one that is walked."""
    yield from known([leg])
    if leg.worst:
        yield tr("hardest: {spot}", spot=leg.worst)


def known(legs: list[Leg]) -> Iterator[str]:
    """Yield how much of some ways is known to be passable, and of how much nothing is known."""
    rolling = [leg for leg in legs if leg.passable_m is not None and leg.distance_m]
    sure_m = sum(leg.passable_m or 0.0 for leg in rolling)
    if sure_m < 1.0 and rolling:
        yield tr("the map does not say how passable it is on wheels")
    elif rolling:
        unknown_m = sum(leg.unknown_m or 0.0 for leg in rolling)
        yield tr(
            "without steps: {sure} known to be passable, {unknown} unknown",
            sure=wording.distance(sure_m),
            unknown=wording.distance(unknown_m),
        )
