"""A stop as the page shows it: its row in the timetable, and all that is known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens_routes.output.html.markup import Markup, element, lines
from lens_routes.output.html.tour import key
from lens_routes.output.shared import in_hand
from lens_routes.output.shared.website import is_address
from lens_routes.text import wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from lens_routes.catalogue.place import Place
    from lens_routes.plan.plan import Stop
    from lens_routes.plan.waypoint import Waypoint

#: What a link may hold without a browser guessing: visible ASCII.


def end_row(day: int, role: str, waypoint: Waypoint, moment: dt.datetime) -> Markup:
    """Return the row of where a day starts or ends; *role* is ``start`` or ``end``."""
    words = tr("Start") if role == "start" else tr("End")
    return element(
        "li",
        _time(moment),
        element("span", class_="badge", aria_hidden="true"),
        element(
            "div",
            element("h3", _pick(waypoint.name)),
            element("p", words, class_="fine"),
            class_="body",
        ),
        id=key(day, role),
        class_=f"row {role}",
    )


def stop_row(
    day: int,
    order: tuple[int, int | None],
    stop: Stop,
    places: Mapping[str, Place],
    *,
    tight: bool,
) -> Markup:
    """Return the row of a visit or break, with all that the card on the map shows.

    *order* is its place in the day and its number on the map; where *tight*, it says when to be
    there at the latest.
    """
    index, number = order
    place = places.get(stop.place) if stop.place else None
    return element(
        "li",
        _time(stop.arrive),
        element("span", str(number or ""), class_="badge", aria_hidden="true"),
        element(
            "div",
            element("h3", _pick(stop.name)),
            lines(*_facts(stop, tight=tight)),
            element("div", lines(*_more(stop, place)), class_="more"),
            class_="body",
        ),
        id=key(day, "stop", index),
        class_=f"row stop {'visit' if stop.kind == 'visit' else 'break'}",
    )


def _time(moment: dt.datetime) -> Markup:
    shown = wording.clock(moment)
    return element("time", shown, datetime=moment.isoformat(timespec="minutes"), class_="when")


def _pick(name: str) -> Markup:
    return element("button", element("bdi", name or "–"), type="button", class_="pick")


def _facts(stop: Stop, *, tight: bool) -> Iterator[Markup]:
    """Yield what one plans by: how long, opening, when to be there at the latest."""
    waits = wording.clock(stop.arrive) != wording.clock(stop.begin)
    stay = tr(
        "{begin} to {end}, {duration}",
        begin=wording.clock(stop.begin),
        end=wording.clock(stop.leave),
        duration=wording.between(stop.begin, stop.leave),
    )
    waiting = tr("{duration} to wait", duration=wording.between(stop.arrive, stop.begin))
    yield element("p", joined(" · ", (stay, waiting)) if waits else stay, class_="stay")
    if stop.kind == "visit":
        hours = wording.sentence(stop.hours) if stop.hours else _opening(stop.opening)
        yield element("p", hours, class_="good" if stop.opening == "open" else "care", dir="auto")
        if tight:
            yield element("p", wording.sentence(in_hand.be_there_by(stop)), class_="care")


def _opening(state: str) -> str:
    return tr("Open") if state == "open" else tr("Hours unknown")


def _more(stop: Stop, place: Place | None) -> Iterator[Markup]:
    """Yield what is worth knowing on the spot."""
    if stop.description:
        yield element("p", stop.description, class_="about", dir="auto")
    for note in stop.notes:
        if note:
            yield element("p", note, class_="care", dir="auto")
    known = [*_contact(place)] if place else []
    known.append(element("dt", tr("Position")))
    where = f"{stop.lat:.5f}, {stop.lon:.5f}"
    # RFC 5870: latitude first; phones open it in the person's own map.
    known.append(element("dd", _link(f"geo:{stop.lat:.5f},{stop.lon:.5f}", where)))
    yield element("dl", *known)


def _contact(place: Place) -> Iterator[Markup]:
    wheelchair = {"yes": tr("yes"), "limited": tr("limited"), "no": tr("no")}
    for name, value in (
        (tr("Address"), element("bdi", place.address) if place.address else ""),
        (tr("Phone"), _phone(place.phone)),
        (tr("Website"), _website(place.website)),
        (tr("Booking"), _reached(place.booking)),
        (tr("Entry"), {"free": tr("free"), "paid": _price(place)}.get(place.fee, "")),
        (tr("Wheelchair"), wheelchair.get(place.wheelchair, "")),
        (tr("Facts of"), wording.part_of_date(place.source_date) if place.source_date else ""),
    ):
        if value:
            yield element("dt", name)
            yield element("dd", value)


def _price(place: Place) -> str:
    if not place.price_eur:
        return tr("paid")
    price = wording.price(place.price_eur, place.currency)
    if place.price_reduced_eur is None:
        return price
    reduced = wording.price(place.price_reduced_eur, place.currency)
    return tr("{price}, reduced {reduced}", price=price, reduced=reduced)


def _reached(booking: str) -> str:
    return _website(booking) if "://" in booking else _phone(booking)


def _phone(number: str) -> str:
    dialled = re.sub(r"[^\d+]", "", number)
    return _link(f"tel:{dialled}", number) if dialled else number


def _website(address: str) -> str:
    """Return a link to a website; its words alone where it is no address of the web."""
    if not is_address(address):
        return address
    shown = address.partition("//")[2].removeprefix("www.").rstrip("/")
    return element("a", shown, href=address, target="_blank", rel="noopener noreferrer")


def _link(target: str, words: str) -> Markup:
    return element("a", words, href=target)
