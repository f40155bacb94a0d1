"""The manifest a batch is handed over with: every file to check it by, and what failed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from lens_routes.batch.index import index_page
from lens_routes.text.language import in_use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens_routes.batch.work import Outcome

INDEX, MANIFEST = "index.html", "manifest.json"


def manifest(title: str, program: str, as_of: str | None, outcomes: Sequence[Outcome]) -> bytes:
    """Return the manifest: every file with its checksum, and what was not built and why.

    Parameters
    ----------
    as_of
        The moment that was fixed for the plans, ISO 8601; None where the clock was used.
    """
    page = index_page(title, outcomes)
    document = {
        "schema": "lens-routes/manifest/1",
        "title": title,
        "program": program,
        "as_of": as_of,
        "tours": [tour_document(outcome) for outcome in outcomes if outcome.record],
        "index": {
            "path": INDEX,
            "sha256": hashlib.sha256(page).hexdigest(),
            "bytes": len(page),
        },
        "failed": [failed_document(outcome) for outcome in outcomes if outcome.failure],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def tour_document(outcome: Outcome) -> dict[str, Any]:
    """Return a tour that was built as JSON values."""
    assert outcome.record is not None  # noqa: S101  # as above
    summary = outcome.record.summary
    return {
        "name": outcome.name,
        "title": summary["title"][in_use()],
        "language": summary["language"],
        "visits": summary["visits"],
        "files": [
            {"path": f"{outcome.name}/{file}", "sha256": made.sha256, "bytes": made.bytes}
            for file, made in outcome.record.files.items()
        ],
    }


def failed_document(outcome: Outcome) -> dict[str, str]:
    """Return a tour that was not built, and why, as JSON values."""
    assert outcome.failure is not None  # noqa: S101  # only those that failed are told so
    failure = outcome.failure
    return {
        "name": outcome.name,
        "kind": failure.kind,
        "message": failure.message,
        "hint": failure.hint,
    }
