"""A ride as the page shows it: what to take, where to get on and off, what else runs."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import TYPE_CHECKING, Any

from lens_routes.output.html.markup import SPACE, Markup, element, text
from lens_routes.output.html.tour import colour_of
from lens_routes.output.shared.leg_parts import parts_of
from lens_routes.output.shared.safe_text import isolate
from lens_routes.output.terminal.rides import kind_of
from lens_routes.text import wording
from lens_routes.text.language import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.output.shared.leg_parts import LegPart
    from lens_routes.plan.plan import Plan


def ride(part: LegPart, waits_from: dt.datetime) -> Markup:
    """Return a ride as a platform tells of it: when, which line, where to, from which platform.

    *waits_from* is when one is there.
    """
    known = part.ride or {}
    return element(
        "div",
        element("p", _line(part, known), SPACE, element("span", _direction(known)), class_="take"),
        element(
            "ol",
            element("li", *_call(part.leg.depart, _stop(known, "from", part.leg.origin))),
            element("li", *_call(part.leg.arrive, _stop(known, "to", part.leg.destination))),
            class_="calls",
            role="list",
        ),
        element("p", joined(" ", [*_pace(part, waits_from), *_others(known)]), class_="fine"),
        class_="ride",
    )


def _call(moment: dt.datetime, stop: str) -> tuple[Markup, Markup, Markup]:
    return element("b", wording.clock(moment)), SPACE, element("span", stop)


def _pace(part: LegPart, waits_from: dt.datetime) -> Iterator[str]:
    """Yield how long the ride takes, and how long one waits for it."""
    lasting = wording.between(part.leg.depart, part.leg.arrive)
    if wording.shown_s(waits_from, part.leg.depart) >= 60:
        waiting = wording.between(waits_from, part.leg.depart)
        yield tr("{duration} after {waiting} of waiting.", duration=lasting, waiting=waiting)
    else:
        yield tr("{duration}.", duration=lasting)


def colour_rules(plan: Plan) -> str:
    """Return style rules for the lines of a plan, each in its colour with writing one can read."""
    legs = chain.from_iterable(day.legs for day in plan.days)
    colours = {colour_of(part) for leg in legs for part in parts_of(leg)} - {""}
    return "".join(
        f".line-{colour[1:]}{{background:{colour};color:{_ink(colour)}}}\n"
        for colour in sorted(colours)
    )


def _line(part: LegPart, known: Mapping[str, Any]) -> Markup:
    colour = colour_of(part)
    name = str(known.get("line") or known.get("line_name") or tr("ride"))
    vehicle = known.get("route_type")
    kind = text(wording.sentence(kind_of(vehicle))) + " " if isinstance(vehicle, int) else ""
    badge = element("b", name, class_=f"line line-{colour[1:]}" if colour else "line")
    return Markup(f"{kind}{badge}")


def _direction(known: Mapping[str, Any]) -> str:
    """Return where the ride goes; a train that is known by a number has its line's ends, too."""
    headsign, name = (str(known.get(key) or "") for key in ("headsign", "line_name"))
    if not headsign.isdigit():
        return tr("towards {headsign}", headsign=isolate(headsign)) if headsign else name
    number = tr("no. {number}", number=headsign)
    return joined(" · ", (isolate(name), number)) if name else number


def _stop(known: Mapping[str, Any], end: str, otherwise: str) -> str:
    name = isolate(str(known.get(f"{end}_stop") or otherwise))
    platform = known.get(f"{end}_platform")
    return tr("{stop}, platform {platform}", stop=name, platform=platform) if platform else name


def _others(known: Mapping[str, Any]) -> Iterator[str]:
    """Yield what else runs; nothing where the plan does not tell or an edit has broken it."""
    moments = {which: _moment(known.get(which)) for which in ("depart", "next", "last")}
    following, last = moments["next"], moments["last"]
    if following is not None and following != last and last is not None:
        yield tr(
            "Next at {time}, last at {last}.",
            time=wording.clock(following),
            last=wording.clock(last),
        )
    elif following is not None:
        yield tr("The next one, at {time}, is the last of the day.", time=wording.clock(following))
    elif last is not None:
        yield tr("The last of the day.")


def _moment(value: object) -> dt.datetime | None:
    given = value.get("depart") if isinstance(value, dict) else value
    try:
        return dt.datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _ink(colour: str) -> str:
    """Return black or white, whichever stands out more on a colour.

    Relative luminance as in WCAG 2.2; the two contrasts are equal at 0.179.
    """
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    luminance = sum(w * s for w, s in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "#000" if luminance > 0.179 else "#fff"
