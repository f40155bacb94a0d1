"""A place as a card: what it is, whether one gets in, how to get there, what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.terminal.lines import NAME, QUIET, WALK, Line, wrap
from lens_routes.output.terminal.places import facts_of, opening_of
from lens_routes.text import wording
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.catalogue.hours import DayOpening
    from lens_routes.catalogue.place import Place
    from lens_routes.output.terminal.lines import Look

#: Columns of the days of the week, and of the names of facts.
DAY, LABEL = 13, 10


def render_card(
    place: Place, now: Line, way: str, week: Sequence[DayOpening], look: Look
) -> Iterator[Line]:
    """Yield a card.

    Parameters
    ----------
    place
        The place.
    now, way
        How it stands, and how one gets there, in words.
    week
        Its hours on the days to come.
    look
        How wide it may be.
    """
    yield from wrap(Line(place.name, NAME), look)
    what = [place.kind_name, place.commune, "★" * place.interest]
    yield from wrap(Line(" · ".join(filter(None, what)), QUIET), look)
    yield from wrap(now, look)
    yield from wrap(Line(way, WALK), look)
    if place.description:
        yield Line()
        yield from wrap(Line(place.description), look)
    yield Line()
    for day in week:
        weekday = wording.weekday(day.date)
        line = Line(f"{wording.sentence(weekday)} {day.date.day}".ljust(DAY), QUIET)
        yield from wrap(line.append(*opening_of(place, day)), look, hang=" " * DAY)
    yield Line()
    elsewhere = {tr("id"), tr("kind"), tr("position"), tr("hours"), tr("source"), tr("facts of")}
    for label, value in facts_of(place):
        if label not in elsewhere:
            line = Line(f"{label:<{LABEL}} ", QUIET).append(value, "")
            yield from wrap(line, look, hang=" " * (LABEL + 1))
