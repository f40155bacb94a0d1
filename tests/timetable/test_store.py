from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.timetable.small_feeds import shown, timetable, travel

from lens_routes.errors import NotInstalledError, StorageError, UsageError
from lens_routes.files import mapped_file, storage
from lens_routes.timetable.network import installed, store

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.timetable.network.timetable import Timetable

in_one_folder = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)


def content(one: Timetable) -> dict[str, Any]:
    return {name: getattr(one, name).tolist() for name in store.FORM.sections}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "bus.lrt"
    store.save(
        timetable(tmp_path, {"transfers.txt": "from_stop_id,to_stop_id,transfer_type\nA,Z,0\n"}),
        path,
    )
    return path


def test_a_timetable_comes_back_as_it_was(tmp_path: Path, kept: Path) -> None:
    """Saving and loading changes nothing: no buffer, no metadata, no fault; journeys are found."""
    before, after = timetable(tmp_path, name="again"), store.load(kept)
    again = tmp_path / "again.lrt"
    store.save(before, again)
    assert content(store.load(again)) == content(before)
    assert store.load(again).meta == before.meta
    assert store.info(kept) == after.meta
    assert after.meta.mended[0].line == 2
    assert shown(travel(after, "A", "C", "7:00")) == "A 08:00 C 08:20"


@in_one_folder
@given(st.data())
def test_damage_is_noticed(kept: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Any flipped bit and any cut is refused by name, with exit code 6 and what to do."""
    whole = bytearray(kept.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        whole[place] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del whole[place:]
    broken = tmp_path / "broken.lrt"
    broken.write_bytes(whole)
    with pytest.raises(store.TimetableUnusableError, match=r"broken\.lrt") as caught:
        store.load(broken)
    assert caught.value.exit_code == 6
    assert "lens-routes transit" in caught.value.hint


@pytest.mark.parametrize(("version", "age"), [(0, "older"), (9, "newer")])
def test_another_version_names_its_source(
    kept: Path, version: int, age: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A timetable of another version of the program says so, and how to build it again."""
    form = mapped_file.Format(store.FORM.magic, version, store.FORM.sections)
    before = store.load(kept)
    with monkeypatch.context() as patch:
        patch.setattr(store, "FORM", form)
        store.save(before, kept)
    for look in (store.load, store.info):
        with pytest.raises(store.TimetableUnusableError, match=age) as caught:
            look(kept)
        assert caught.value.command[:2] == ("transit", "add")
        assert caught.value.command[-2:] == ("--name", "bus")


def test_what_is_not_there(tmp_path: Path, kept: Path) -> None:
    """No file: exit code 6; a folder or another kind of file in its place is named, not read."""
    with pytest.raises(NotInstalledError, match="No timetable"):
        store.load(tmp_path / "none.lrt")
    (tmp_path / "folder.lrt").mkdir()
    (tmp_path / "empty.lrt").write_bytes(b"")
    (tmp_path / "text.lrt").write_bytes(b"another kind of file" * 9)
    for name in ("folder", "empty", "text"):
        with pytest.raises(store.TimetableUnusableError, match=name):
            store.load(tmp_path / f"{name}.lrt")
    assert [storage.remove_file(kept), storage.remove_file(kept)] == [True, False]
    with pytest.raises(StorageError):
        storage.remove_file(tmp_path / "folder.lrt")


@pytest.mark.parametrize("name", ["", "../up", "a b", "Große", "x" * 99, ".hidden"])
def test_names_are_those_of_files(name: str) -> None:
    """A name that could leave the folder or not be a file's everywhere is refused."""
    with pytest.raises(UsageError):
        installed.path_of(name)
