"""Tell a plan: its days, how good it is, what was left out and why, where it all comes from."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from lens_routes import PROGRAM
from lens_routes.catalogue.hours import context_of, holiday_name
from lens_routes.geo import distance_m
from lens_routes.plan.grade import Grade
from lens_routes.plan.plan import Plan
from lens_routes.planning.fill.tables import with_tables
from lens_routes.planning.qualify.qualify import SERVICES
from lens_routes.planning.tell.left_out import flagships, left_out
from lens_routes.planning.tell.provenance import identity, provenance
from lens_routes.planning.tell.warnings import warnings
from lens_routes.text import wording
from lens_routes.text.language import tr, trn
from lens_routes.travel.rides import emissions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.plan.plan import Day
    from lens_routes.planning.fill.fill import Filled
    from lens_routes.planning.fill.itinerary import Outing
    from lens_routes.planning.pose import Posed
    from lens_routes.planning.solve import Solved
    from lens_routes.planning.supplies import Supplies
    from lens_routes.tour.problem import Solution

#: So many places are listed by name, others by their number.
MOST_NAMED = 3


def tell(posed: Posed, solved: Solved, filled: Filled, supplies: Supplies) -> Plan:
    """Return the plan as it is handed out."""
    request, catalogue, solution = posed.request, supplies.catalogue, solved.solution
    network, here = supplies.walking.network, context_of(catalogue)
    days = tuple(
        with_tables(_named(day, catalogue), request.pauses, network, here) for day in filled.days
    )
    missed = left_out(posed, solution)
    score = round(sum(day.totals.score for day in days), 4)
    return Plan(
        created=supplies.now,
        program=PROGRAM,
        request={
            **request.to_document(),
            "timezone": catalogue.timezone,
            "catalogue": identity(catalogue),
            "prices": asdict(posed.loose.prices),
        },
        theme_names=tuple(catalogue.theme_by_id[theme].said for theme in request.themes),
        days=days,
        score=score,
        bound=_bound(solution, score),
        proven=solution.proven,
        left_out=missed,
        flagships=flagships(posed, missed),
        warnings=(
            *_warnings(days, filled.outings, supplies),
            *_access_unknown(posed),
            *_no_beds(posed, supplies),
        ),
        provenance=provenance(supplies, request, days),
    )


def _bound(solution: Solution, score: float) -> float | None:
    """Return the bound of a solution beside the score its days come to.

    The planner's figures are known before ways are traced: they may be a little less.
    """
    if solution.proven:
        return score
    return None if solution.bound is None else max(score, solution.bound)


def _access_unknown(posed: Posed) -> list[str]:
    """Return the places that nobody knows to be accessible, those near the start by name."""
    if "wheelchair" not in posed.request.company:
        return []
    unknown = [shut.place for shut in posed.qualified.closed if shut.place.wheelchair == "unknown"]
    start = posed.request.start.point
    unknown.sort(key=lambda place: distance_m(place.point, start))
    if not unknown:
        return []
    listed = ", ".join(place.name for place in unknown[:MOST_NAMED])
    if (more := len(unknown) - MOST_NAMED) > 0:
        listed = trn("{places} and {n} more", "{places} and {n} more", more, places=listed)
    return [
        tr(
            "Left out because nobody knows whether a wheelchair gets in: {places}."
            " Ask there, and name those that are with --must.",
            places=listed,
        )
    ]


def _no_beds(posed: Posed, supplies: Supplies) -> list[str]:
    """Return a word on nights at a sight: a bed has to be looked for near it."""
    nights = [supplies.catalogue.by_id[n.id] for n in posed.request.nights if n.id is not None]
    return [
        tr("Nobody sleeps at {place}: look for a bed near it.", place=place.name)
        for place in nights
        if place.kind not in SERVICES
    ]


def _named(day: Day, catalogue: Catalogue) -> Day:
    """Return a day with the name of the public holiday it is, and emissions only where known."""
    holiday = holiday_name(day.date, catalogue.country, catalogue.region) or ""
    if catalogue.country in emissions.COUNTRIES:
        return replace(day, holiday=holiday)
    return replace(day, holiday=holiday, totals=replace(day.totals, co2_g=None, car_co2_g=None))


def _warnings(
    days: Sequence[Day], outings: Sequence[Outing], supplies: Supplies
) -> tuple[str, ...]:
    """Return what to know beyond the timetable, nothing twice."""
    found: list[str] = []
    for day, outing in zip(days, outings, strict=True):
        found += warnings(day, outing, supplies.now)
    if any(leg.source is Grade.ESTIMATE for day in days for leg in day.legs):
        fit = supplies.walking.fit
        found.append(
            tr(
                "Walks marked estimate are the straight line times {factor}, which was off by"
                " {share} on average over {n} walks along streets.",
                factor=wording.number(fit.factor, 2),
                share=wording.percent(fit.mean_error, 0),
                n=fit.pairs,
            )
        )
    return tuple(dict.fromkeys(found))
