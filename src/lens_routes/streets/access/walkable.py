"""Say which ways a person may walk: one definition for every source of streets.

`WALK_FILTER` is Overpass QL. Overpass evaluates it on the server; `is_walkable` evaluates the very
same text on the tags of a local file, so that a download and a file of one area never disagree.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

#: The ``walk`` filter of OSMnx 2.1 with two changes: ``highway=cycleway`` stays unless ``foot=no``,
#: because greenways are tagged so; ``trunk`` and ``trunk_link`` go, because here they are
#: expressways. A pattern matches anywhere in a value, so ``trunk`` and ``motor`` cover the links.
WALK_FILTER = (
    '["highway"]["area"!~"yes"]["access"!~"private"]'
    '["highway"!~"abandoned|bus_guideway|construction|motor|no|planned|'
    'platform|proposed|raceway|razed|rest_area|services|trunk"]'
    '["foot"!~"no"]["service"!~"private"]'
    '["sidewalk"!~"separate"]["sidewalk:both"!~"separate"]'
    '["sidewalk:left"!~"separate"]["sidewalk:right"!~"separate"]'
)


class Tags(Protocol):
    """The tags of a way: a dict, or osmium's tag list."""

    def get(self, key: str, /) -> str | None:
        """Return the value of *key*, None when the way has no such tag."""


class _Condition(NamedTuple):
    key: str
    refused: re.Pattern[str] | None


def parse_filter(text: str) -> tuple[_Condition, ...]:
    """Parse the part of Overpass QL that walk filters are made of.

    Parameters
    ----------
    text
        Conditions ``["key"]`` (the tag exists) and ``["key"!~"pattern"]`` (the tag is absent, or
        the pattern is found nowhere in its value), one after the other.

    Returns
    -------
    conditions
        All of them must hold; ``refused`` is None where the tag only has to exist.

    Raises
    ------
    ValueError
        The text holds anything else.
    """
    condition = re.compile(r'\["([^"]+)"(?:!~"([^"]*)")?\]')
    rest = condition.sub("", text)
    if rest:
        raise ValueError(f"not a condition of a walk filter: {rest}")
    return tuple(
        _Condition(key, re.compile(pattern) if pattern else None)
        for key, pattern in condition.findall(text)
    )


_CONDITIONS = parse_filter(WALK_FILTER)


def is_walkable(tags: Tags) -> bool:
    """Say whether `WALK_FILTER` keeps a way with these tags.

    The semantics are those of Overpass: ``!~`` holds for an absent tag, and a pattern is searched
    for anywhere in the value, case-sensitively.
    """
    for key, refused in _CONDITIONS:
        value = tags.get(key)
        if value is None:
            if refused is None:
                return False
        elif refused is not None and refused.search(value):
            return False
    return True
