"""What was done can be undone: the history of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.explore.playing import NINE

from lens_routes.explore.stage.session import Session, State
from lens_routes.library import Draft, Territory

if TYPE_CHECKING:
    from tests.conftest import Town


@pytest.fixture(scope="module")
def draft(town: Town) -> Draft:
    return Draft(Territory.open(town.catalogue, NINE).request())


@settings(max_examples=50)
@given(places=st.lists(st.sampled_from(["musee", "parc", "terril"]), max_size=8))
def test_undo_goes_all_the_way_back_and_redo_forth(draft: Draft, places: list[str]) -> None:
    """As many steps as there were; then there is nothing more to undo, or to do again."""
    session = Session([State(draft)])
    seen = [draft]
    for place in places:
        session.change(session.draft.pinned(place))
        seen.append(session.draft)
    for before in reversed(seen[:-1]):
        assert session.undo()
        assert session.draft == before
    assert not session.undo()
    for after in seen[1:]:
        assert session.redo()
        assert session.draft == after
    assert not session.redo()


def test_a_change_after_undo_forgets_what_was_undone(draft: Draft) -> None:
    """There is one way forth at most."""
    session = Session([State(draft)])
    session.change(draft.pinned("musee"))
    session.undo()
    session.change(draft.pinned("parc"))
    assert not session.redo()
    assert session.draft.request.must == ("parc",)


def test_no_change_is_no_step(draft: Draft) -> None:
    """Asking for what is there already adds nothing to undo."""
    session = Session([State(draft)])
    session.change(draft)
    assert not session.undo()
