"""What a plan is as a whole, in a few lines: headline, sums, hints, verdict, credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.output.shared import caption, climb
from lens_routes.output.shared.rolling import known
from lens_routes.text import wording
from lens_routes.text.language import joined, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens_routes.plan.leg import Leg
    from lens_routes.plan.plan import Day, Hint, Plan


def headline(plan: Plan, day: Day) -> str:
    """Return the themes asked for and the date of a day, with the holiday it is."""
    themes = caption.themes(plan)
    what = wording.sentence(wording.titled(themes)) if themes else tr("Discovery tour")
    holiday = [wording.sentence(day.holiday)] if day.holiday else []
    facts = [what, *_which(plan, day), wording.date(day.date), *holiday, *_occasion(plan)]
    return joined(" · ", facts)


def _which(plan: Plan, day: Day) -> Iterator[str]:
    """Yield which day of several it is."""
    if len(plan.days) > 1:
        yield tr("day {n} of {days}", n=1 + plan.days.index(day), days=len(plan.days))


def _occasion(plan: Plan) -> Iterator[str]:
    """Yield for what weather a plan is, and who comes along."""
    words = {
        "rain": tr("for the rain"),
        "heat": tr("for the heat"),
        "children": tr("with children"),
        "wheelchair": tr("in a wheelchair"),
        "pushchair": tr("with a pushchair"),
    }
    for word in (plan.request.get("weather"), *(plan.request.get("company") or ())):
        if word in words:
            yield words[word]


def sums(day: Day) -> list[str]:
    """Return from where to where a day goes, when, and what it adds up to."""
    when = {"begin": wording.clock(day.start_time), "end": wording.clock(day.end_time)}
    if day.start.point == day.end.point:
        ends = tr("{start} and back, {begin} to {end}", start=day.start.name, **when)
    else:
        ends = tr(
            "{start} to {goal}, {begin} to {end}", start=day.start.name, goal=day.end.name, **when
        )
    visits = caption.visits(day)
    return [ends, trn("{n} visit", "{n} visits", visits), *moved([day]), *entry([day])]


def moved(days: Sequence[Day]) -> Iterator[str]:
    """Yield how far one goes in some days, how high, and what the ways are like."""
    totals = [day.totals for day in days]
    walk_m, ride_m = sum(t.walk_m for t in totals), sum(t.ride_m or 0.0 for t in totals)
    if not ride_m or walk_m >= caption.WALK_TOLD_M:
        yield tr(
            "{distance} on foot ({duration})",
            distance=wording.distance(walk_m),
            duration=wording.duration(sum(t.walk_s for t in totals)),
        )
    vehicle = next(filter(None, map(caption.vehicle_of, days)), "")
    climbs = [(t.ascent_m, t.descent_m) for t in totals]
    known_climbs = [(up, down) for up, down in climbs if up is not None and down is not None]
    if len(known_climbs) == len(climbs):
        up, down = (sum(metres) for metres in zip(*known_climbs, strict=True))
        yield tr("{up} up, {down} down", up=wording.height(up), down=wording.height(down))
        if len(days) == 1:
            yield from climb.effort(ride_m or walk_m, up, vehicle or "walk")
    legs = [leg for day in days for leg in day.legs]
    yield from known([part for leg in legs for part in leg.parts or (leg,)])
    ride_s = sum(t.ride_s for t in totals)
    lasting = wording.duration(ride_s)
    if ride_m:
        ridden = caption.gone(vehicle, ride_m)
        yield tr("{distance} ({duration})", distance=ridden, duration=lasting)
        yield from _ways(legs)
    elif ride_s:
        rides = sum(len(leg.rides) for leg in legs)
        yield trn("{n} ride ({duration})", "{n} rides ({duration})", rides, duration=lasting)


def _ways(legs: Sequence[Leg]) -> Iterator[str]:
    """Yield what the ways are like that one rides, where one minds and as far as the map says."""
    rides = [part for leg in legs for part in leg.parts if part.surface is not None]
    rides = [ride for ride in rides if ride.main_road_m is not None]
    whole_m = sum(ride.distance_m for ride in rides)
    if not whole_m:
        return
    calm_m = sum(ride.calm_m or 0.0 for ride in rides)
    yield tr("{share} on calm ways", share=wording.percent(calm_m / whole_m, 0))
    main_m = sum(ride.main_road_m or 0.0 for ride in rides)
    yield tr("{distance} along main roads", distance=wording.distance(main_m))
    names = {
        "paved": tr("paved"),
        "firm": tr("firm"),
        "loose": tr("loose"),
        "unknown": tr("of unknown surface"),
    }
    shares = {name: sum(r.surface[name] for r in rides if r.surface) / whole_m for name in names}
    told = [
        tr("{share} {surface}", share=wording.percent(share, 0), surface=names[name])
        for name, share in shares.items()
        if share >= 0.005
    ]
    yield joined(", ", told)


def entry(days: Sequence[Day]) -> Iterator[str]:
    """Yield what one adult pays in all, as far as it is known."""
    visits = [stop for day in days for stop in day.stops if stop.kind == "visit"]
    known = [stop.entry_eur for stop in visits if stop.entry_eur is not None]
    total = wording.price(sum(known), next(filter(None, (s.currency for s in visits)), "EUR"))
    if len(known) < len(visits):
        if any(known):
            yield tr("entry {price} or more", price=total)
    elif any(known):
        yield tr("entry {price}", price=total)
    else:
        yield tr("free entry")


def hint(item: Hint) -> str:
    """Return a hint as a person at a terminal reads it, before what is to type."""
    return tr("{text}:", text=item.text) if item.option else joined("", (item.text, "."))


def verdict(plan: Plan, *, with_rules: bool = False) -> str:
    """Return whether a better plan exists, as far as that is proven, and by which rules."""
    if not plan.proven:
        return tr("A good day; that none is better is not proven.")
    if plan.request.get("mode") == "transit" and plan.request.get("max_walk_m") is not None:
        # See `lens_routes.travel.rides.choice`.
        return tr("No better day exists, but perhaps one of waiting for rides to walk less.")
    if with_rules and any(stop.kind == "break" for day in plan.days for stop in day.stops):
        # The proof holds for breaks as they are taken here: a lunch that ends the day is none.
        return trn(
            "No better day exists on this date with a visit after each break.",
            "No better days exist on these dates with a visit after each break.",
            len(plan.days),
        )
    return trn(
        "No better day exists on this date.",
        "No better days exist on these dates.",
        len(plan.days),
    )


def credit_line(plan: Plan) -> str:
    """Return in a line whose data the plan is made of; OpenStreetMap is named behind its map."""
    given = [item.licence.partition(";")[0].strip().removesuffix(".") for item in plan.provenance]
    if caption.from_map(plan) or any(_is_osm(text) for text in given):
        given = [
            tr("© OpenStreetMap contributors, ODbL 1.0"),
            *(t for t in given if not _is_osm(t)),
        ]
    sources = dict.fromkeys(filter(None, given)) or [tr("nobody is named as their source")]
    return tr("Data: {sources}", sources=joined(" · ", sources))


def _is_osm(text: str) -> bool:
    return "OpenStreetMap" in text
