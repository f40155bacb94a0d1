"""The timetable of the page: a section a day, a row a stop, and the way to each with directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.html.markup import SPACE, Markup, element, lines
from lens_routes.output.html.rides import ride
from lens_routes.output.html.stops import end_row, stop_row
from lens_routes.output.html.tour import key
from lens_routes.output.shared import caption, summary, ways
from lens_routes.output.shared.elevation import profile_of, profile_svg
from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.output.shared.safe_text import isolate
from lens_routes.plan.grade import Grade
from lens_routes.text import wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from lens_routes.output.html.facts import Known
    from lens_routes.output.shared.leg_parts import LegPart
    from lens_routes.plan.leg import Leg, Step
    from lens_routes.plan.plan import Day, Plan


def timetable(plan: Plan, known: Known) -> Markup:
    """Return the days of a plan, one section each."""
    if len(plan.days) == 1:
        # The title of the page says the date.
        return _day(1, plan.days[0], tr("Timetable"), known)
    return lines(
        *(
            _day(number, day, wording.sentence(wording.date(day.date)), known)
            for number, day in enumerate(plan.days, 1)
        )
    )


def tabs(plan: Plan) -> Markup:
    """Return the tabs that choose a day; nothing where there is one day only."""
    if len(plan.days) < 2:
        return Markup()
    return element(
        "div",
        *(
            element(
                "button",
                tr("Day {number}", number=n),
                SPACE,
                element("small", _short(day)),
                type="button",
                role="tab",
                id=f"tab{n}",
                aria_controls=f"day{n}",
                aria_selected="true" if n == 1 else "false",
                tabindex="0" if n == 1 else "-1",
            )
            for n, day in enumerate(plan.days, 1)
        ),
        role="tablist",
        aria_label=tr("Days"),
        class_="tabs",
    )


def _short(day: Day) -> str:
    return wording.sentence(wording.weekday(day.date))


def _day(number: int, day: Day, title: str, known: Known) -> Markup:
    return element(
        "section",
        element("h2", title, id=f"day{number}-title"),
        element(
            "p", wording.sentence(joined(" · ", summary.sums(day))), class_="summary", dir="auto"
        ),
        element("ol", lines(*_rows(number, day, known)), class_="rows", role="list"),
        id=f"day{number}",
        class_="day",
        aria_labelledby=f"day{number}-title",
    )


def _rows(number: int, day: Day, known: Known) -> Iterator[Markup]:
    yield end_row(number, "start", day.start, day.start_time, known)
    stops = enumerate(caption.numbered(day), 1)
    for leg, (index, (order, stop)) in zip(day.legs, stops, strict=False):
        yield _way(number, index, leg)
        yield stop_row(number, (index, order), stop, known)
    yield _way(number, len(day.legs), day.legs[-1])
    yield end_row(
        number, "end", day.end, day.end_time, known, back=day.end.point == day.start.point
    )


def _way(day: int, index: int, leg: Leg) -> Markup:
    if not caption.moves(leg):
        return Markup()
    parts = parts_of(leg)
    if len(parts) == 1 and parts[0].ride is None:
        body = [_walk(parts[0], ways.in_short(leg), class_="pick")]
    else:
        body = [element("button", _whole(leg), type="button", class_="pick")]
        body += _parts(leg.depart, parts)
    return element(
        "li",
        element("span", class_="when"),
        element("span", class_="badge", aria_hidden="true"),
        element("div", *body, class_="body"),
        id=key(day, "leg", index),
        class_=f"row leg {'walked' if leg.mode == 'walk' else 'ridden'}",
    )


def _whole(leg: Leg) -> str:
    lasting = wording.between(leg.depart, leg.arrive)
    return joined(" · ", (tr("{duration} on the way", duration=lasting), *ways.moved(leg)))


def _parts(begin: dt.datetime, parts: tuple[LegPart, ...]) -> Iterator[Markup]:
    """Yield the walks and rides of a leg, one has been waiting for since *begin* or the last."""
    for part in parts:
        if part.ride is not None:
            yield ride(part, begin)
        else:
            words = ways.in_short(part.leg)
            place = isolate(part.leg.destination)
            yield _walk(part, tr("{walk}, to {place}", walk=words, place=place))
        begin = part.leg.arrive


def _walk(part: LegPart, words: str, class_: str = "") -> Markup:
    """Return a way one takes oneself, its directions folded."""
    doubt = _doubt(part.leg)
    if not part.steps and not doubt:
        if not class_:
            return element("p", words, class_="part")
        return element("button", words, type="button", class_=class_)
    return element(
        "details",
        element("summary", words, class_=class_),
        doubt,
        _profile(part.leg),
        _passed(part.leg),
        _directions(part.steps),
    )


def _profile(leg: Leg) -> Markup:
    """Return how a way rises and falls, drawn; nothing where nobody knows."""
    # Its words are escaped by what draws it.
    return Markup(profile_svg(profile_of(leg), 360, 72, tr("How the way rises and falls")))


def _passed(leg: Leg) -> Markup:
    """Return the water and the toilets on a way."""
    if not leg.passed:
        return Markup()
    return element("p", wording.sentence(caption.on_the_way(leg)), class_="fine")


def _doubt(leg: Leg) -> Markup:
    """Return what to know of a walk: how it was measured, and what is not pleasant about it."""
    facts = [
        tr("{distance} {kind}", distance=wording.distance(metres), kind=kind)
        for metres, least, kind in (
            (leg.main_road_m, 50, tr("along main roads")),
            (leg.steps_m, 5, tr("of stairs")),
            (leg.snap_m, 50, tr("off the mapped ways")),
        )
        if metres is not None and metres >= least
    ]
    if leg.source is Grade.TABLE and leg.mode == "walk":
        facts.append(tr("street distance, no trace"))
    if leg.source is Grade.ESTIMATE:
        facts.append(tr("estimate"))
    return element("p", joined(" · ", facts), class_="fine") if facts else Markup()


def _directions(steps: tuple[Step, ...]) -> Markup:
    return element("ol", *map(_step, steps)) if steps else Markup()


def _step(step: Step) -> Markup:
    words = element("bdi", step.instruction)
    if step.distance_m < 1:
        return element("li", words)
    return element("li", words, SPACE, element("small", wording.distance(step.distance_m)))
