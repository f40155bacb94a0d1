"""Explain a solution in words: why a site is not in it, and what would help when nothing fits."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.tour.problem import Solution, Tour
from lens_routes.tour.reasons.feasible import MOST_ORDERED
from lens_routes.tour.reasons.follow_day import Part, follow, ways_of
from lens_routes.tour.reasons.obstacles import Obstacle, Reason, reasons
from lens_routes.tour.reasons.say import Words, ends_late, in_words, kind_of, minutes, obstacle
from lens_routes.tour.reasons.smallest_changes import CHANGES, clash, relaxations
from lens_routes.tour.reasons.smallest_changes import in_words as changes_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from lens_routes.text.language import Said
    from lens_routes.tour.problem import Problem
    from lens_routes.tour.reasons.smallest_changes import Change, Steps


class Why(NamedTuple):
    """Why a site is not in the tours: in words, of which kind, in place of what it would fit.

    ``amount`` is by how much it does not fit, in the unit of the `Obstacle`, where less would do.
    """

    said: Said
    obstacle: str
    amount: float | None = None
    instead_of: tuple[str, ...] = ()


def why_left_out(
    problem: Problem,
    solution: Solution,
    words: Words | None = None,
    of: Container[str] | None = None,
) -> dict[str, Why]:
    """Return, for each site not in the tours, why not, in words with a figure; see `reasons`."""
    words = words or Words({site.id: site.id for site in problem.sites})
    scores = {site.id: site.score for site in problem.sites}
    interests = {**scores, **words.interests}
    words = replace(words, interests=interests)
    return {
        identity: Why(
            in_words(identity, reason, words),
            kind_of(reason),
            reason.amount if reason.sole else None,
            reason.instead_of,
        )
        for identity, reason in reasons(problem, solution, of).items()
    }


def explain_nothing(
    problem: Problem,
    words: Words,
    more: Sequence[Said] = (),
    changes: Sequence[Change] = CHANGES,
    tell: Callable[[Steps], Said | None] = changes_in_words,
) -> tuple[Said, Said]:
    """Return why a problem has no answer, and what would help, each in a sentence.

    Parameters
    ----------
    problem
        A problem whose solution misses musts or breaks, or visits nothing.
    words
        How to speak of it.
    more
        What else is known to help, as in "It would help to ...".
    changes, tell
        The changes that may be offered, and what puts them into words; see `relaxations`.
    """
    if not problem.sites:
        return tr("There is nothing to visit."), tr("Ask for more themes or another date.")
    hopeless = _hopeless(problem)
    why = _why_nothing(problem, words, hopeless)
    return why, what_helps(problem, words, more, changes, tell, frozenset(hopeless))


def what_helps(
    problem: Problem,
    words: Words,
    more: Sequence[Said] = (),
    changes: Sequence[Change] = CHANGES,
    tell: Callable[[Steps], Said | None] = changes_in_words,
    hopeless: frozenset[str] = frozenset(),
) -> Said:
    """Return what would give a problem an answer, in a sentence; see `explain_nothing`."""
    ways = [*relaxations(problem, words.name, hopeless, changes, tell), *more]
    return _helps(ways, asked=bool(problem.must or problem.breaks))


def _helps(ways: Sequence[Said], *, asked: bool) -> Said:
    if not ways and not asked:
        return tr("Neither other hours nor a longer way would be worth it: start elsewhere.")
    if not ways:
        return tr(
            "No small change of time, distance or budget makes room, and dropping two of them does"
            " not either: ask for something else."
        )
    said, *others = ways
    for other in others:
        said = tr("{first}, or to {second}", first=said, second=other)
    return tr("It would help to {ways}.", ways=said)


def _in_empty_days(problem: Problem) -> dict[str, Reason]:
    """Return why each site is not in days with nothing else in them."""
    tours = tuple(Tour((), day.depart_s, day.deadline_s) for day in problem.days)
    free = replace(problem, must=frozenset(), breaks=(), max_visits=None)
    return reasons(free, Solution(tours, 0, None, proven=False))


def _hopeless(problem: Problem) -> dict[str, Reason]:
    """Return the musts that no day holds even with nothing else in it, and why."""
    why = _in_empty_days(problem) if problem.must else {}
    return {
        name: why[name]
        for name in sorted(problem.must)
        if why[name].alone or why[name].obstacle is Obstacle.CLOSED
    }


def _why_nothing(problem: Problem, words: Words, hopeless: Mapping[str, Reason]) -> Said:
    if hopeless:
        each = [
            tr("{place}: {reason}", place=words.name(name), reason=in_words(name, reason, words))
            for name, reason in hopeless.items()
        ]
        return tr("Not every must-see can be visited. {each}.", each=wording.clauses(each))
    if problem.must or problem.breaks:
        return _clash(problem, words)
    name, nearest = min(_in_empty_days(problem).items(), key=lambda item: _nearness(item[1]))
    return tr(
        "Nothing fits. Nearest to it, {place}: {reason}.",
        place=words.name(name),
        reason=in_words(name, nearest, words),
    )


def _clash(problem: Problem, words: Words) -> Said:
    """Return the fewest musts and breaks that do not fit together, and by how little they fail."""
    ids = clash(problem)
    listed = words.listed(ids)
    if len(ids) == 1 and len(problem.days) == 1:
        return tr("There is no room for {things} and a visit.", things=listed)
    if len(ids) > MOST_ORDERED or len(problem.days) > 1:
        return tr("These do not all fit together: {things}.", things=listed)
    parts = [_required(problem, identity) for identity in ids]
    trials = (follow(problem, 0, order) for order in permutations(parts))
    trial = min(trials, key=lambda trial: trial.order)
    if trial.worst is None:
        return tr("These do not all fit together: {things}.", things=listed)
    worst = trial.worst
    reason = Reason(worst.obstacle, worst.amount, other=worst.other)
    if reason.obstacle is Obstacle.DAY_TOO_SHORT:
        consequence = ends_late(reason)
    elif reason.obstacle is Obstacle.DISPLACES:
        late, other = minutes(reason.amount), words.name(reason.other)
        consequence = tr("you would be {late} too late for {other}", late=late, other=other)
    else:
        consequence = obstacle(reason, words)
    return tr(
        "These do not all fit together: {things}. In the best order: {consequence}.",
        things=listed,
        consequence=consequence,
    )


def _required(problem: Problem, identity: str) -> Part:
    """Return a must in its shortest way, or a break, as a part of a day."""
    for pause in problem.breaks:
        if pause.id == identity:
            start = problem.days[pause.day].start
            return Part(pause.id, start, pause.duration_s, (pause.window,), 0.0, joined=True)
    return min(ways_of(problem, problem.index(identity)), key=lambda way: way.duration_s)


def _nearness(reason: Reason) -> tuple[bool, float]:
    seconds = {Obstacle.WALK: 1 / 1.25, Obstacle.COST: 60.0}.get(reason.obstacle, 1.0)
    return reason.obstacle is Obstacle.CLOSED, seconds * reason.amount
