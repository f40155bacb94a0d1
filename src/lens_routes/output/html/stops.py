"""A stop as the page shows it: its row in the timetable, and all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.html.facts import entry, figure, found, phone
from lens_routes.output.html.markup import Markup, element, lines
from lens_routes.output.html.tour import key
from lens_routes.output.shared import caption, in_hand
from lens_routes.text import wording
from lens_routes.text.language import in_use, joined, text_in, tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from lens_routes.catalogue.place import Place
    from lens_routes.output.html.facts import Known
    from lens_routes.plan.plan import Stop
    from lens_routes.plan.waypoint import Waypoint


def end_row(
    day: int,
    role: str,
    waypoint: Waypoint,
    moment: dt.datetime,
    known: Known,
    *,
    back: bool = False,
) -> Markup:
    """Return the row of where a day starts or ends; *role* is ``start`` or ``end``.

    One that leads *back* ends at the sign it starts from.
    """
    words = tr("Start") if role == "start" else tr("End")
    place = known.places.get(waypoint.id or "")
    where = found(waypoint.name, waypoint.lon, waypoint.lat, place) if role == "start" else None
    return element(
        "li",
        _time(moment),
        element("span", class_="badge", aria_hidden="true"),
        element(
            "div",
            element("h3", _pick(waypoint.name)),
            element("p", words, class_="fine"),
            where or "",
            class_="body",
        ),
        id=key(day, role),
        class_=f"row {role}{' back' if back else ''}",
    )


def stop_row(day: int, order: tuple[int, int | None], stop: Stop, known: Known) -> Markup:
    """Return the row of a visit or break: what one plans by in sight, the rest folded.

    *order* is its place in the day and its number on the map.
    """
    index, number = order
    place = known.places.get(stop.place or "")
    return element(
        "li",
        _time(stop.arrive),
        element("span", str(number or ""), class_="badge", aria_hidden="true"),
        element(
            "div",
            element("h3", _pick(stop.name)),
            lines(*_in_sight(stop, place, tight=stop.place in known.tight)),
            figure(stop.name, known.pictures.get(stop.place or "")),
            _more(stop, place),
            class_="body",
        ),
        id=key(day, "stop", index),
        class_=f"row stop {'visit' if stop.kind == 'visit' else 'break'}",
    )


def _time(moment: dt.datetime) -> Markup:
    return element(
        "time", wording.clock(moment), class_="when", datetime=moment.isoformat(timespec="minutes")
    )


def _pick(name: str) -> Markup:
    return element("button", element("bdi", name or "–"), type="button", class_="pick")


def _in_sight(stop: Stop, place: Place | None, *, tight: bool) -> Iterator[Markup]:
    """Yield what one decides by: how long, what it costs, why to go, hours, whom to call."""
    waits = wording.clock(stop.arrive) != wording.clock(stop.begin)
    stay = tr(
        "{begin} to {end}, {duration}",
        begin=wording.clock(stop.begin),
        end=wording.clock(stop.leave),
        duration=wording.between(stop.begin, stop.leave),
    )
    waiting = tr("{duration} to wait", duration=wording.between(stop.arrive, stop.begin))
    price = entry(place) if place else ""
    facts = [stay, *([waiting] if waits else []), *([price] if price else [])]
    yield element("p", joined(" · ", facts), class_="stay")
    if stop.description:
        about = text_in(stop.description, in_use())
        yield element("p", caption.first_sentence(about), class_="why", dir="auto")
    if stop.kind == "visit":
        hours = wording.sentence(stop.hours) if stop.hours else _opening(stop.opening)
        yield element("p", hours, class_="good" if stop.opening == "open" else "care", dir="auto")
        if tight:
            yield element("p", wording.sentence(in_hand.be_there_by(stop)), class_="care")
    for note in stop.notes:
        if note:
            yield element("p", note, class_="care", dir="auto")
    if place and place.phone:
        yield element("p", phone(place.phone), class_="call")


def _opening(state: str) -> str:
    return tr("Open") if state == "open" else tr("Hours unknown")


def _more(stop: Stop, place: Place | None) -> Markup:
    """Return what else is known, folded: the rest of what is told, and how to get there."""
    about = text_in(stop.description, in_use())
    rest = about.removeprefix(caption.first_sentence(about)).strip()
    told = element("p", rest, class_="about", dir="auto") if rest else Markup()
    return found(stop.name, stop.lon, stop.lat, place, told)
