"""The addresses found in earlier runs, kept in a file that may be missing or damaged."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.errors import BadInputError, StorageError
from lens_routes.files.look import read_bytes
from lens_routes.files.storage import write_text
from lens_routes.plan.waypoint import Waypoint

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 1


class KeptAnswers(NamedTuple):
    """A file of answers; whatever cannot be read in it counts as never asked."""

    path: Path

    def get(self, key: str) -> Waypoint | None:
        """Return the answer kept under *key*."""
        entry = self._entries().get(key)
        return Waypoint(entry["name"], entry["lon"], entry["lat"]) if entry else None

    def add(self, key: str, found: Waypoint, source: str) -> None:
        """Keep an answer, with its source and today's date; a read-only disk is no reason to fail.

        Two processes that add at once may lose one of the two answers; it is asked for again.
        """
        entry = {
            "name": found.name,
            "lon": found.lon,
            "lat": found.lat,
            "source": source,
            "date": dt.datetime.now(dt.UTC).date().isoformat(),
        }
        document = {"version": _VERSION, "answers": self._entries() | {key: entry}}
        with contextlib.suppress(StorageError):
            write_text(self.path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")

    def _entries(self) -> dict[str, dict[str, Any]]:
        try:
            document = json.loads(read_bytes(self.path))
        except (OSError, BadInputError, ValueError, RecursionError):
            return {}
        if not isinstance(document, dict) or document.get("version") != _VERSION:
            return {}
        answers = document.get("answers")
        if not isinstance(answers, dict):
            return {}
        return {key: entry for key, entry in answers.items() if _is_sound(entry)}


def _is_sound(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("name"), str)
        and all(isinstance(entry.get(key), float) for key in ("lon", "lat"))
        and abs(entry["lon"]) <= 180
        and abs(entry["lat"]) <= 90
    )
