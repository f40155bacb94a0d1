"""What the access tags of a thing say to one kind of traveller: yes, no, or nothing.

https://wiki.openstreetmap.org/wiki/Key:access: the tag that names the traveller most closely
decides; a value that says nothing leaves the decision to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens_routes.streets.network.permit import Permit

if TYPE_CHECKING:
    from lens_routes.streets.access.tags import Tags

#: The keys that speak to a traveller, the closest first.
KEYS = {
    Permit.FOOT: ("foot", "access"),
    Permit.BIKE: ("bicycle", "vehicle", "access"),
    Permit.CAR: ("motorcar", "motor_vehicle", "vehicle", "access"),
}
#: Values that let a visitor pass. Who goes to a shop or a house is a customer, and its guest.
OPEN = frozenset(
    {
        "yes", "designated", "official", "permissive", "public", "destination", "customers",
        "allowed", "use_sidepath", "discouraged", "limited", "true", "1", "permit;yes",
    }
)  # fmt: skip
#: Values that keep a visitor out.
CLOSED = frozenset(
    {
        "no", "private", "military", "agricultural", "forestry", "delivery", "emergency", "permit",
        "residents", "restricted", "employees", "staff", "members", "psv", "bus", "hgv", "hov",
        "false", "0", "dismount", "service",
    }
)  # fmt: skip


def said(tags: Tags, traveller: Permit, suffix: str = "") -> bool | None:
    """Return whether the tags let a traveller pass, None when they do not say.

    With a *suffix* such as ``:forward`` only keys that end so are asked. Of several values one
    that lets pass is enough.
    """
    for key in KEYS[traveller]:
        verdict = judged(tags.get(key + suffix))
        if verdict is not None:
            return verdict
    return None


def judged(value: str | None) -> bool | None:
    """Return what a value means: pass, stay out, or nothing (as "unknown" does)."""
    if value is None:
        return None
    if value in OPEN:
        return True
    if value in CLOSED:
        return False
    parts = [part.strip() for part in value.lower().split(";")]
    if any(part in OPEN for part in parts):
        return True
    return False if any(part in CLOSED for part in parts) else None
