"""A stop as the page shows it: its row in the timetable, and all that is known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens_routes.output.html.markup import SPACE, Markup, element, lines
from lens_routes.output.html.tour import key
from lens_routes.output.shared import caption, in_hand
from lens_routes.output.shared.map_links import apple, geo_uri, google, openstreetmap
from lens_routes.output.shared.safe_text import line
from lens_routes.output.shared.website import is_address
from lens_routes.text import wording
from lens_routes.text.language import in_use, joined, text_in, tr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from lens_routes.catalogue.place import Place
    from lens_routes.plan.plan import Stop
    from lens_routes.plan.waypoint import Waypoint


def end_row(
    day: int, role: str, waypoint: Waypoint, moment: dt.datetime, places: Mapping[str, Place]
) -> Markup:
    """Return the row of where a day starts or ends; *role* is ``start`` or ``end``."""
    words = tr("Start") if role == "start" else tr("End")
    place = places.get(waypoint.id) if waypoint.id else None
    found = _found(waypoint.name, waypoint.lon, waypoint.lat, place) if role == "start" else None
    return element(
        "li",
        _time(moment),
        element("span", class_="badge", aria_hidden="true"),
        element(
            "div",
            element("h3", _pick(waypoint.name)),
            element("p", words, class_="fine"),
            found or "",
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
    """Return the row of a visit or break: what one plans by in sight, the rest folded.

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
            lines(*_in_sight(stop, place, tight=tight)),
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
    entry = _entry(place) if place else ""
    facts = [stay, *([waiting] if waits else []), *([entry] if entry else [])]
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
        yield element("p", _phone(place.phone), class_="call")


def _opening(state: str) -> str:
    return tr("Open") if state == "open" else tr("Hours unknown")


def _more(stop: Stop, place: Place | None) -> Markup:
    """Return what else is known, folded: the rest of what is told, and how to get there."""
    about = text_in(stop.description, in_use())
    rest = about.removeprefix(caption.first_sentence(about)).strip()
    told = element("p", rest, class_="about", dir="auto") if rest else Markup()
    return _found(stop.name, stop.lon, stop.lat, place, told)


def _found(name: str, lon: float, lat: float, place: Place | None, told: str = "") -> Markup:
    """Return how a place is found and reached, folded."""
    known = [*_contact(place)] if place else []
    known.append(element("dt", tr("Open in a map")))
    maps = [_link(geo_uri(lon, lat), tr("On this phone"))]
    maps += [
        _outside(address, words)
        for address, words in (
            (openstreetmap(lon, lat), "OpenStreetMap"),
            (apple(lon, lat, line(text_in(name, in_use()))), "Apple"),
            (google(lon, lat), "Google"),
        )
    ]
    known.append(element("dd", Markup(" ".join(maps)), class_="maps"))
    known.append(element("dt", tr("Position")))
    known.append(element("dd", f"{lat:.5f}, {lon:.5f}"))
    # Many a "More" is on the page: who cannot see beside which hears of whom.
    summary = element("summary", tr("More"), SPACE, element("span", name, class_="unseen"))
    return element("details", summary, told, element("dl", *known), class_="more")


def _contact(place: Place) -> Iterator[Markup]:
    wheelchair = {"yes": tr("yes"), "limited": tr("limited"), "no": tr("no")}
    for name, value in (
        (tr("Address"), element("bdi", place.address) if place.address else ""),
        (tr("Website"), _website(place.website)),
        (tr("Booking"), _reached(place.booking)),
        (tr("Wheelchair"), wheelchair.get(place.wheelchair, "")),
        (tr("Facts of"), wording.part_of_date(place.source_date) if place.source_date else ""),
    ):
        if value:
            yield element("dt", name)
            yield element("dd", value)


def _entry(place: Place) -> str:
    return {"free": tr("free entry"), "paid": _price(place)}.get(place.fee, "")


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
    return _outside(address, shown)


def _link(target: str, words: str) -> Markup:
    return element("a", words, href=target)


def _outside(address: str, words: str) -> Markup:
    return element("a", words, href=address, target="_blank", rel="noopener noreferrer")
