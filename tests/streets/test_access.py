"""Who may go where: OpenStreetMap's access tags, hierarchy, directions and barriers."""

from __future__ import annotations

import pytest

from lens_routes.streets.access.barriers import stopped
from lens_routes.streets.access.rules import permissions
from lens_routes.streets.network.permit import Permit

#: Who may go along and against a way, a letter each: f(oot), w(heelchair), b(ike), c(ar), p(ush).
LETTERS = {
    "f": Permit.FOOT,
    "w": Permit.WHEELCHAIR,
    "b": Permit.BIKE,
    "c": Permit.CAR,
    "p": Permit.PUSH,
}


def tags(words: str) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words.split())


def letters(permit: Permit) -> str:
    return "".join(letter for letter, bit in LETTERS.items() if permit & bit)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        # by kind
        ("highway=residential", "fwbcp"),
        ("highway=footway", "fwp"),
        ("highway=path", "fwbp"),
        ("highway=cycleway", "fwbp"),
        ("highway=pedestrian", "fwbp"),
        ("highway=steps", "fp"),
        ("highway=bridleway", "fwp"),
        ("highway=track", "fwbp"),
        ("highway=track tracktype=grade1", "fwbcp"),
        ("highway=trunk", "bc"),
        ("highway=construction foot=yes", ""),
        ("highway=via_ferrata foot=yes", ""),
        ("highway=platform", "fwp"),
        ("railway=platform", "fwp"),
        ("public_transport=platform", "fwp"),
        ("man_made=pier", "fwp"),
        ("highway=busway", ""),
        ("highway=busway foot=yes bicycle=yes", "fwbp"),
        ("building=yes", ""),
        # the closer key decides
        ("highway=residential access=no", ""),
        ("highway=residential access=private foot=yes", "fwp"),
        ("highway=footway access=no foot=permissive", "fwp"),
        ("highway=path access=yes foot=no", "b"),
        ("highway=residential access=no bicycle=designated", "b"),
        ("highway=residential vehicle=no", "fwp"),
        ("highway=residential vehicle=no bicycle=yes", "fwbp"),
        ("highway=residential motor_vehicle=no", "fwbp"),
        ("highway=residential vehicle=no motor_vehicle=yes", "fwcp"),
        ("highway=residential motor_vehicle=no motorcar=yes", "fwbcp"),
        ("highway=cycleway vehicle=no", "fwbp"),
        # all usual values
        ("highway=path access=designated", "fwbp"),
        ("highway=path access=permissive", "fwbp"),
        ("highway=residential access=destination", "fwbcp"),
        ("highway=service access=customers", "fwbcp"),
        ("highway=path access=unknown", "fwbp"),
        ("highway=path access=military", ""),
        ("highway=track access=agricultural", ""),
        ("highway=track access=forestry foot=designated", "fwp"),
        ("highway=track access=agricultural;destination", "fwbp"),
        ("highway=service access=delivery", ""),
        ("highway=path foot=unknown access=private", ""),
        ("highway=residential bicycle=dismount", "fwcp"),
        ("highway=footway bicycle=yes", "fwbp"),
        ("highway=residential foot=yes access=whatever", "fwbcp"),
        # express roads
        ("highway=trunk foot=yes", "fwbcp"),
        ("highway=trunk sidewalk=both", "fwbcp"),
        ("highway=trunk access=yes", "bc"),
        ("highway=primary motorroad=yes", "c"),
        ("highway=primary motorroad=yes foot=yes", "fwcp"),
        # wheelchairs
        ("highway=steps ramp:wheelchair=yes", "fwp"),
        ("highway=footway wheelchair=no", "fp"),
        ("highway=footway smoothness=horrible", "fp"),
        ("highway=footway kerb=raised", "fp"),
        ("highway=footway kerb=lowered", "fwp"),
        # mountains
        ("highway=path sac_scale=mountain_hiking", "fbp"),
        ("highway=path sac_scale=demanding_alpine_hiking", ""),
        # ferries
        ("route=ferry", "fwbc"),
        ("route=ferry foot=yes", "fwb"),
        ("route=ferry motor_vehicle=yes foot=no", "bc"),
    ],
)
def test_who_may_go_both_ways(words: str, who: str) -> None:
    """Kind, keys and values decide; the tag that names a traveller most closely comes first."""
    forward, backward = permissions(tags(words))
    assert (set(letters(forward)), set(letters(backward))) == (set(who), set(who))


@pytest.mark.parametrize(
    ("words", "forward", "backward"),
    [
        ("highway=motorway", "c", ""),
        ("highway=residential oneway=yes", "fwbcp", "fwp"),
        ("highway=residential oneway=-1", "fwp", "fwbcp"),
        ("highway=residential oneway=yes oneway:bicycle=no", "fwbcp", "fwbp"),
        ("highway=residential oneway=yes cycleway=opposite", "fwbcp", "fwbp"),
        ("highway=residential oneway=yes cycleway:left=opposite_lane", "fwbcp", "fwbp"),
        ("highway=residential oneway=yes cycleway:left:oneway=-1", "fwbcp", "fwbp"),
        ("highway=residential oneway:bicycle=yes", "fwbcp", "fwcp"),
        ("highway=residential junction=roundabout", "fwbcp", "fwp"),
        ("highway=residential junction=circular oneway=no", "fwbcp", "fwbcp"),
        ("highway=residential oneway=reversible", "fwp", "fwp"),
        ("highway=residential oneway:motor_vehicle=yes", "fwbcp", "fwbp"),
        ("highway=footway oneway:foot=yes", "fwp", ""),
        ("highway=footway oneway:foot=-1", "", "fwp"),
        ("highway=footway oneway=yes", "fwp", "fwp"),
        ("highway=footway foot:backward=no", "fwp", ""),
        ("highway=residential bicycle:backward=yes oneway=yes", "fwbcp", "fwbp"),
        ("highway=residential motor_vehicle:forward=no", "fwbp", "fwbcp"),
        ("highway=steps conveying=forward", "f", ""),
        ("highway=steps conveying=backward", "", "f"),
        ("highway=steps conveying=yes oneway=yes", "f", ""),
        ("highway=steps conveying=reversible", "f", "f"),
    ],
)
def test_directions(words: str, forward: str, backward: str) -> None:
    """Each traveller has directions of his own; a walker minds none made for vehicles."""
    found = permissions(tags(words))
    assert (set(letters(found[0])), set(letters(found[1]))) == (set(forward), set(backward))


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("barrier=gate", ""),
        ("barrier=gate access=private", "fwbcp"),
        ("barrier=gate access=no foot=yes", "bc"),
        ("barrier=gate locked=yes", "fwbcp"),
        ("barrier=gate locked=yes foot=yes", "bc"),
        ("barrier=lift_gate motor_vehicle=private", "c"),
        ("barrier=wall", "fwbcp"),
        ("barrier=wall access=yes", "fwbcp"),
        ("barrier=wall foot=yes", "bc"),
        ("barrier=bollard", "c"),
        ("barrier=bollard motor_vehicle=yes", ""),
        ("barrier=stile", "wbcp"),
        ("barrier=kissing_gate", "wbcp"),
        ("barrier=kissing_gate bicycle=yes", "wcp"),
        ("barrier=cycle_barrier", "wc"),
        ("barrier=cycle_barrier wheelchair=yes", "c"),
        ("barrier=cattle_grid", "w"),
        ("barrier=kerb kerb=raised", "w"),
        ("barrier=kerb kerb=lowered", ""),
        ("kerb=raised wheelchair=yes", ""),
        ("barrier=entrance", ""),
    ],
)
def test_whom_a_node_stops(words: str, who: str) -> None:
    """Gates stand open unless they are locked or private; what cannot be passed needs a word."""
    assert set(letters(stopped(tags(words)))) - {"p"} == set(who) - {"p"}
    assert ("p" in letters(stopped(tags(words)))) or "p" not in who
