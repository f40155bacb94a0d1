"""Which tour a plan is of, so that what was made of it can be updated when the plan is edited."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.plan.plan import Plan


def tour_id(plan: Plan) -> str:
    """Return the id a plan was given, or, where a document has none, the one it would be given.

    A plan gets its id when it is made and saved, and keeps it: whoever edits times or stops, or
    plans the rest of the day anew, still has the same tour.
    """
    return plan.id or id_of_request(plan.request)


def id_of_request(request: Mapping[str, Any]) -> str:
    """Return the id of the tour that a request asks for: 32 hexadecimal digits.

    It is the beginning of the SHA-256 of the request as JSON, keys sorted, but for what is null,
    false, zero or empty, so that an option a later version adds leaves the ids of tours that do not
    use it. A start or an end of the catalogue counts by its id, and the catalogue by its title:
    corrections change neither.
    """
    asked = {name: _known_by(value) for name, value in request.items() if value}
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _known_by(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("id") or value.get("title") or value
    return value
