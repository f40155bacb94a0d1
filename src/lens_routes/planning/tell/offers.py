"""What is offered to whom nothing fits: options to type, each tried before it is said."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lens_routes.errors import UsageError
from lens_routes.planning.tell.options import dearer, earlier, farther, longer, shifted
from lens_routes.text.language import tr
from lens_routes.tour.reasons.smallest_changes import DEARER, EARLIER, FARTHER, LATER, in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.planning.request import Request
    from lens_routes.planning.tell.options import Typed
    from lens_routes.text.language import Said
    from lens_routes.tour.reasons.smallest_changes import Change, Steps


def offers(
    request: Request, now: dt.datetime, works: Callable[[Request], bool]
) -> Callable[[Steps], Said | None]:
    """Return what puts changes of a request into words and options.

    *works* tells whether there is a day as another request asks. Those are not offered that
    nothing comes of, or that begin the day before *now*.
    """

    def told(steps: Steps) -> Said | None:
        for makes in (_SHIFTED, _STRETCHED) if steps[0][0] is EARLIER else (_STRETCHED,):
            try:
                options, other = _typed(request, steps, makes)
            except UsageError:
                continue
            if _begins(other, now) >= now and works(other):
                said = in_words(_between(request, other, steps))
                return tr("{change} ({options})", change=said, options=options)
        return None

    return told


def _typed(
    request: Request, steps: Steps, makes: dict[Change, Callable[[Request, int], Typed]]
) -> tuple[str, Request]:
    """Return the options of changes, each of a kind once, and the request they make."""
    options: dict[str, str] = {}
    for change, n in steps:
        typed, request = makes[change](request, n)
        words = typed.split()
        options |= dict(zip(words[::2], words[1::2], strict=True))
    return " ".join(f"{name} {value}" for name, value in options.items()), request


def _between(request: Request, other: Request, steps: Steps) -> Steps:
    """Return changes by what they come to between two requests: options have no half steps."""
    start_min = _minute(request.at) - _minute(other.at)
    whole = {
        EARLIER: start_min,
        LATER: other.minutes
        - request.minutes
        - (start_min if other.minutes > request.minutes else 0),
        FARTHER: round(((other.max_walk_m or 0) - (request.max_walk_m or 0)) / 100),
    }
    return tuple((change, whole.get(change, n)) for change, n in steps)


def _minute(time: dt.time) -> int:
    return 60 * time.hour + time.minute


def _begins(request: Request, now: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(request.date, request.at, now.tzinfo)


_STRETCHED: dict[Change, Callable[[Request, int], Typed]] = {
    EARLIER: earlier,
    LATER: longer,
    FARTHER: lambda request, n: farther(request, 100 * n),
    DEARER: dearer,
}
_SHIFTED = {**_STRETCHED, EARLIER: shifted}
