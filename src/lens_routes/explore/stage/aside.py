"""The day that is not saved, kept aside: who loses the window finds it again the next time."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from lens_routes.errors import LensRoutesError
from lens_routes.explore.stage.session import State
from lens_routes.files.look import is_file
from lens_routes.files.storage import home, remove_file, write_text
from lens_routes.library import Draft
from lens_routes.plan.document import plan_of, to_document
from lens_routes.text import language

if TYPE_CHECKING:
    from pathlib import Path


def _file() -> Path:
    return home() / "explore" / "unsaved.json"


def keep(state: State) -> None:
    """Keep what is wanted of a day, and its plan; a full disk is no fault."""
    plan = None if state.plan is None else to_document(state.plan)
    draft = state.draft.to_document()
    kept = {
        "draft": draft,
        "plan": plan,
        "fresh": state.fresh,
        "language": language.in_use(),
        "translations": language.others(draft),
    }
    with contextlib.suppress(LensRoutesError):
        write_text(_file(), json.dumps(kept, ensure_ascii=False))


def forget() -> None:
    """Forget the day kept aside."""
    with contextlib.suppress(LensRoutesError):
        remove_file(_file())


def taken_up() -> State | None:
    """Return the day kept aside, None where there is none, or none that makes sense."""
    try:
        if not is_file(_file()):
            return None
        kept = json.loads(_file().read_text(encoding="utf-8"))
        plan = None if kept["plan"] is None else plan_of(kept["plan"], _file())
        draft = language.retold(kept["draft"], kept["language"], kept["translations"])
        return State(Draft.from_document(draft), plan, fresh=bool(kept["fresh"]))
    except (LensRoutesError, OSError, ValueError, KeyError, TypeError, AttributeError):
        forget()
        return None
