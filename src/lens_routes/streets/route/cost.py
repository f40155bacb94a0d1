"""What a metre of each class of way takes and costs, for one who moves as a profile says.

A way is chosen by its perceived cost: seconds by what they are worth there, told in metres of a
neutral way at the speed of the profile. Its distance stays the true length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lens_routes.streets.network.classes import FERRY, kind_of
from lens_routes.streets.profiles.kinds import STEPS
from lens_routes.streets.profiles.profile import Wish
from lens_routes.streets.profiles.surfaces import first_surface

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lens_routes.streets.profiles.profile import Profile

    Tags = Mapping[str, str]

#: Pushing a bicycle up or down steps, as a share of pushing it.
STEPS_PUSHED = 0.5
#: What most ferries make, where the map does not say how long one takes.
FERRY_KMH = 12.0
#: No limit is known to be higher than this.
FASTEST_KMH = 130.0
#: How much more than usual a calm way shuns what is unpleasant, as a power.
CALM_POWER = 3.0
#: What a second among streets counts for who wants paths and parks.
STREETS_WHEN_GREEN = 1.5
_KMH_PER_MPH = 1.609344


class Rate(NamedTuple):
    """What a metre costs, in neutral metres, and the seconds it takes."""

    cost: float
    seconds: float


def rate(profile: Profile, tags: Tags, *, rides: bool, wish: Wish, speed_kmh: float) -> Rate:
    """Return what a metre of a class of way costs and takes.

    Parameters
    ----------
    profile
        Who moves.
    tags
        The tags of the class.
    rides
        Whether one may ride there; otherwise the vehicle is pushed.
    wish
        What the way is chosen for.
    speed_kmh
        How fast this traveller is on the flat, kilometres an hour.
    """
    kind = kind_of(tags)
    usual_kmh = _speed_kmh(profile, kind, tags) if rides else _push_kmh(profile, kind)
    own = speed_kmh / profile.speed_kmh if rides and kind != FERRY else 1.0
    seconds = 3.6 / (usual_kmh * own)
    if wish is Wish.SHORTEST:
        return Rate(1.0, seconds)
    like = _like(profile, kind, wish)
    if wish is not Wish.DIRECT:
        like *= profile.shunned(tags)
        if profile.rolls and not profile.is_sure(tags):
            like *= profile.doubt
    return Rate(profile.speed_kmh / usual_kmh * like, seconds)


def least_cost(profile: Profile, wish: Wish, ferries: Iterable[Tags] = ()) -> float:
    """Return a cost that no metre of any way is below; *ferries* are those there are."""
    if wish is Wish.SHORTEST:
        return 1.0
    speeds = [profile.other_kmh, profile.speed_kmh, *profile.kinds_kmh.values()]
    fastest = max(speeds) * max([1.0, *profile.smoothness.values()])
    if profile.limits_share:
        fastest = max(fastest, FASTEST_KMH * profile.limits_share)
    fastest = max([fastest, *(_speed_kmh(profile, FERRY, tags) for tags in ferries)])
    least = min([profile.other_like, *profile.likes.values()])
    least = least**CALM_POWER if wish is Wish.CALM else 1.0 if wish is Wish.DIRECT else least
    return profile.speed_kmh / fastest * min(least, 1.0)


def _speed_kmh(profile: Profile, kind: str, tags: Tags) -> float:
    if kind == FERRY:
        return float(tags.get("speed_kmh", FERRY_KMH))
    kmh = profile.kinds_kmh.get(kind, profile.other_kmh)
    if profile.limits_share:
        limit = limit_kmh(tags.get("maxspeed"))
        kmh = kmh if limit is None else min(limit, FASTEST_KMH) * profile.limits_share
    most = profile.surfaces_kmh
    surface, track = first_surface(tags), tags.get("tracktype", "")
    kmh = min(kmh, most.get(surface, most.get(track, kmh)))
    return kmh * profile.smoothness.get(tags.get("smoothness", ""), 1.0)


def _push_kmh(profile: Profile, kind: str) -> float:
    return profile.push_kmh * (STEPS_PUSHED if kind == STEPS else 1.0)


def _like(profile: Profile, kind: str, wish: Wish) -> float:
    if wish is Wish.DIRECT:
        return 1.0
    like = profile.likes.get(kind, profile.other_like)
    if wish is Wish.CALM:
        return float(like**CALM_POWER)
    if wish is Wish.GREEN and kind not in profile.green:
        return like * STREETS_WHEN_GREEN
    return like


def limit_kmh(value: str | None) -> float | None:
    """Return a ``maxspeed`` in km/h; None where there is none, or none that can be read."""
    if value is None:
        return None
    words = value.partition(";")[0].split()
    if words and words[0].isdecimal() and int(words[0]) > 0:
        return float(words[0]) * (_KMH_PER_MPH if words[1:] == ["mph"] else 1.0)
    return {"walk": 6.0, "none": FASTEST_KMH}.get(value)
