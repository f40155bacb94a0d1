"""A moment as people write it: a day and a time of day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens_routes.text.expressions import expression
from lens_routes.text.quantities.clocks import parse_clock
from lens_routes.text.quantities.dates import parse_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

_NAMED = "midi|noon|midday|minuit|midnight"
_FIGURES = r"[0-9]{1,2}(?:\s*(?:[:hH.]|heures?)\s*(?:[0-9]{2})?)?(?:\s*[aApP]\.?[mM]\.?)?"
_CLOCK = rf"(?:{_FIGURES}|{_NAMED})"
_MOMENT = expression(
    rf"(?P<day>.*?\S)(?:\s*[T,]\s*|\s+(?:(?:à|a|at|vers)\s+)?)(?P<clock>{_CLOCK})", re.IGNORECASE
)


def parse_moment(
    text: str, today: dt.date, option: str, tell: Callable[[str], None] | None = None
) -> tuple[dt.date | None, dt.time]:
    """Return the day, None where none is said, and the time of day.

    ``14:00``, ``2026-11-24T09:30``, ``24/11/2026 à 09:05``, ``samedi 14h30``, ``tomorrow at 2 pm``.

    Raises
    ------
    UsageError
        It is no moment; the other parameters are those of `parse_date`.
    """
    found = None if re.fullmatch(_CLOCK, text.strip()) else _MOMENT.fullmatch(text.strip())
    if found is None:
        return None, parse_clock(text, option)
    return parse_date(found["day"], today, option, tell), parse_clock(found["clock"], option)
