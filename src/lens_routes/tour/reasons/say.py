"""Put the reasons why sites are left out into words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lens_routes.text import wording
from lens_routes.text.language import tr, trn
from lens_routes.tour.reasons.follow_day import Obstacle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lens_routes.text.language import Said
    from lens_routes.tour.reasons.obstacles import Reason


def _clock(seconds: int) -> str:
    return f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}"


@dataclass(frozen=True, slots=True)
class Words:
    """How to speak of a problem.

    Parameters
    ----------
    names
        What sites and breaks are called, by id; an id without a name stands for itself.
    interests
        How interesting a person was told that sites are; the score stands for what is not here.
    clock
        Says a time, given in the problem's seconds.
    currency
        What the costs are in, ISO 4217; the problem counts hundredths.
    held
        The sites that were kept from the search: no longer one would find them.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    interests: Mapping[str, float] = field(default_factory=dict)
    clock: Callable[[int], str] = _clock
    currency: str = "EUR"
    held: frozenset[str] = frozenset()

    def name(self, identity: str | None) -> str:
        """Return what a site or break is called."""
        return self.names.get(identity or "", identity or "")

    def listed(self, ids: Iterable[str]) -> Said:
        """Return what several sites and breaks are called, each name once."""
        return wording.listed(list(dict.fromkeys(self.name(identity) for identity in ids)))


def minutes(seconds: float) -> Said:
    """Return seconds as whole minutes, rounded up: ``25 min``, ``5 h 43``."""
    return wording.duration(-int(-seconds // 60) * 60)


def kind_of(reason: Reason) -> str:
    """Return the kind of a reason: its obstacle, or that the site is too far for any day.

    What would only be reached before it opens is not far.
    """
    long = reason.obstacle in (Obstacle.DAY_TOO_SHORT, Obstacle.TOO_LATE)
    far = reason.obstacle is Obstacle.WALK or (long and reason.opens_s is None)
    far = far and reason.alone
    return "too-far" if far else reason.obstacle.value


def in_words(identity: str, reason: Reason, words: Words) -> Said:
    """Return why the site *identity* is left out, in words."""
    if reason.obstacle is Obstacle.MISSED:
        return _missed(identity, reason, words)
    if reason.instead_of:
        return _instead(identity, reason, words)
    opens = reason.opens_s
    if reason.obstacle is Obstacle.DAY_TOO_SHORT and opens is not None:
        said = ends_late(reason)
        return tr("opens at {time}; {consequence}", time=words.clock(opens), consequence=said)
    return obstacle(reason, words)


def _missed(identity: str, reason: Reason, words: Words) -> Said:
    """Return that a site fits, and how it could have been found."""
    detour = minutes(reason.detour_s)
    fits = tr("would fit with {detour} of detour", detour=detour)
    if reason.instead_of:
        others = _all_rated(reason, words)
        fits = tr(
            "would fit in place of {others} with {detour} of detour", others=others, detour=detour
        )
    if identity in words.held:
        return fits
    return tr("{reason}; a longer search would find it", reason=fits)


def _instead(identity: str, reason: Reason, words: Words) -> Said:
    """Return which visits would have to go, the detour, and why that is not worth it."""
    facts = {
        "others": _all_rated(reason, words),
        "detour": minutes(reason.detour_s),
        "interest": f"{words.interests.get(identity, 0):g}",
    }
    said = _only_instead(reason, facts)
    given_up = sum(words.interests.get(name, 0) for name in reason.instead_of)
    if words.interests.get(identity, 0) < given_up and reason.loss > 0:
        return said
    if round(reason.loss, 3) == 0:
        return tr("{reason}, and nothing gained", reason=said)
    return tr("{reason}, and less to see in all", reason=said)


def _only_instead(reason: Reason, facts: Mapping[str, object]) -> Said:
    if reason.obstacle is Obstacle.WALK:
        return tr(
            "within the day's limit only in place of {others}:"
            " {detour} of detour for interest {interest}",
            **facts,
        )
    if reason.obstacle is Obstacle.COST:
        return tr(
            "within the budget only in place of {others}:"
            " {detour} of detour for interest {interest}",
            **facts,
        )
    if reason.obstacle is Obstacle.VISITS:
        return trn(
            "with {n} visit a day only in place of {others}:"
            " {detour} of detour for interest {interest}",
            "with {n} visits a day only in place of {others}:"
            " {detour} of detour for interest {interest}",
            int(reason.amount),
            **facts,
        )
    return tr("only in place of {others}: {detour} of detour for interest {interest}", **facts)


def _all_rated(reason: Reason, words: Words) -> Said:
    return wording.listed([_rated(name, words) for name in reason.instead_of])


def _rated(identity: str, words: Words) -> Said:
    interest = f"{words.interests.get(identity, 0):g}"
    return tr("{place} (interest {interest})", place=words.name(identity), interest=interest)


def obstacle(reason: Reason, words: Words) -> Said:
    """Return what is in the way, and by how much."""
    if reason.obstacle is Obstacle.TOO_LATE:
        return _too_late(reason)
    if reason.obstacle is Obstacle.DAY_TOO_SHORT:
        late, detour = ends_late(reason), minutes(reason.detour_s)
        return late if reason.alone else tr("{detour} of detour; {late}", detour=detour, late=late)
    if reason.obstacle is Obstacle.DISPLACES:
        late, other = minutes(reason.amount), words.name(reason.other)
        return tr("would bring you {late} too late to {other}", late=late, other=other)
    return _standing(reason, words.currency)


def _too_late(reason: Reason) -> Said:
    late = minutes(reason.amount)
    if reason.alone:
        return tr(
            "even going straight there you would arrive {late} too late to begin the visit",
            late=late,
        )
    return tr("you would arrive {late} too late to begin the visit", late=late)


def ends_late(reason: Reason) -> Said:
    """Return how late the day would end."""
    late = minutes(reason.amount)
    if reason.alone:
        return tr("even with nothing else the day would end {late} late", late=late)
    return tr("the day would end {late} late", late=late)


def _standing(reason: Reason, currency: str) -> Said:
    """Return what stands whatever the time: the hours, the worth, or which limit is in the way."""
    if reason.obstacle is Obstacle.CLOSED:
        return tr("closed all day")
    if reason.obstacle is Obstacle.NO_GAIN:
        detour = minutes(reason.detour_s)
        return tr("not worth its way, {detour} of detour", detour=detour)
    if reason.obstacle is Obstacle.LIMIT:
        return tr("as many like it as you wanted are in the tour")
    if reason.obstacle is Obstacle.BREAK_LAST:
        return tr("nothing would follow the break")
    if reason.obstacle is Obstacle.VISITS:
        return trn(
            "the limit of {n} visit a day is reached",
            "the limit of {n} visits a day is reached",
            int(reason.amount),
        )
    return _over(reason, currency)


def _over(reason: Reason, currency: str) -> Said:
    """Return how far over the walking limit or the budget one would be."""
    if reason.obstacle is Obstacle.WALK:
        over = wording.distance(reason.amount)
        if reason.alone:
            return tr("{distance} over the day's limit even with nothing else", distance=over)
        return tr("{distance} over the day's limit", distance=over)
    money = wording.price(reason.amount / 100, currency)
    if reason.alone:
        return tr("its entry alone is over the budget by {sum}", sum=money)
    return tr("over the budget by {sum}", sum=money)
