from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.streets.small_maps import BUILT, network_of, small_ways

from lens_routes.errors import NotInstalledError, StorageError
from lens_routes.files import mapped_file, storage
from lens_routes.streets.build.compile import compile_network
from lens_routes.streets.network import store
from lens_routes.streets.network.amenities import Amenities
from lens_routes.streets.network.landscape import Landscape
from lens_routes.streets.network.network import Network
from lens_routes.streets.network.source import MapSource

if TYPE_CHECKING:
    from pathlib import Path

    from lens_routes.streets.build.ways import Ways

in_one_folder = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def content(network: Network) -> dict[str, Any]:
    inner = {"landscape": Landscape, "amenities": Amenities}
    fields = {name: getattr(network, name) for name in Network.__slots__ if name not in inner}
    for part, kind in inner.items():
        fields |= {f"{part} {n}": getattr(getattr(network, part), n) for n in kind.__slots__}
    return {k: v.tolist() if isinstance(v, memoryview) else v for k, v in fields.items()}


@cache
def small_network() -> Network:
    metres = [(0, 0), (100, 0), (200, 0), (200, 100)]
    return network_of(metres, [((0, 1, 2), "path", "Allée"), ((2, 3), "steps", "")])


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "streets" / "network.lrn"
    path.parent.mkdir()
    store.save(small_network(), path)
    return path


@in_one_folder
@given(small_ways())
def test_a_network_comes_back_as_it_was(tmp_path: Path, ways: Ways) -> None:
    """Saving and loading changes nothing: no buffer, no name, no metadata."""
    network = compile_network(ways, built=BUILT)
    store.save(network, tmp_path / "n.lrn")
    assert content(store.load(tmp_path / "n.lrn")) == content(network)


def test_sections_are_aligned(kept: Path) -> None:
    """Each buffer starts at a multiple of 64 bytes, as its layout promises."""
    data = kept.read_bytes()
    whole = memoryview(data)
    header, start = mapped_file._header(whole, store.FORM)
    assert start % 64 == 0
    assert all(begin % 64 == 0 for begin, _ in header["sections"].values())


@in_one_folder
@given(st.data())
def test_any_flipped_bit_is_noticed(kept: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Wherever one bit of the file differs, it is refused by name with the command that helps."""
    whole = bytearray(kept.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    broken = tmp_path / "broken.lrn"
    broken.write_bytes(whole)
    with pytest.raises(store.StreetsUnusableError, match=r"broken\.lrn") as caught:
        store.load(broken)
    assert "lens-routes streets" in caught.value.hint
    assert caught.value.exit_code == 6


@in_one_folder
@given(st.data())
def test_any_cut_is_noticed(kept: Path, tmp_path: Path, data: st.DataObject) -> None:
    """A file cut anywhere, down to nothing, or with bytes added, is refused."""
    whole = kept.read_bytes()
    broken = tmp_path / "broken.lrn"
    length = data.draw(st.integers(0, len(whole) - 1))
    broken.write_bytes(whole[:length])
    with pytest.raises(store.StreetsUnusableError):
        store.load(broken)
    broken.write_bytes(whole + bytes(length + 1))
    with pytest.raises(store.StreetsUnusableError):
        store.load(broken)


def reversioned(path: Path, version: int) -> None:
    data = bytearray(path.read_bytes())
    struct.pack_into("=I", data, 12, version)
    (length,) = struct.unpack_from("=I", data, 16)
    struct.pack_into("=I", data, 20, zlib.crc32(data[24 : 24 + length], zlib.crc32(data[:20])))
    path.write_bytes(data)


@pytest.mark.parametrize(("version", "age"), [(0, "older"), (store.FORM.version + 1, "newer")])
def test_another_version_is_named_and_can_be_rebuilt(kept: Path, version: int, age: str) -> None:
    """A file of another version says so, and what it was built from."""
    reversioned(kept, version)
    for look in (store.load, store.info):
        with pytest.raises(store.StreetsUnusableError, match=age) as caught:
            look(kept)
        assert caught.value.source == MapSource("file", "small.osm", "2026-01-01", None)
        assert "streets import small.osm" in caught.value.hint


def test_a_damaged_body_still_tells_its_source(kept: Path) -> None:
    """Damage behind the header leaves what a rebuild needs."""
    data = bytearray(kept.read_bytes())
    data[-70] ^= 255
    kept.write_bytes(data)
    with pytest.raises(store.StreetsUnusableError, match="damaged") as caught:
        store.load(kept)
    assert caught.value.source is not None
    assert caught.value.source.name == "small.osm"


def test_the_hint_repeats_the_command_that_built_it(tmp_path: Path) -> None:
    """The same file, quoted for a shell, and the same box; or the same download."""
    box = (2.5, 50.25, 3.0, 50.5)
    for source, command in (
        (MapSource("file", "/maps/my town.osm", "", box), "import '/maps/my town.osm'"),
        (MapSource("overpass", "https://example.org", "", box), "download"),
    ):
        error = store.StreetsUnusableError(tmp_path, "is damaged", source)
        assert f"lens-routes streets {command} --bbox=2.5,50.25,3.0,50.5" in error.hint


def test_a_file_of_another_byte_order_is_refused(kept: Path) -> None:
    """A network copied from a machine of the other byte order is not misread."""
    data = bytearray(kept.read_bytes())
    data[8:12] = data[8:12][::-1]
    kept.write_bytes(data)
    with pytest.raises(store.StreetsUnusableError, match="another kind of machine"):
        store.load(kept)


def test_nothing_installed_is_its_own_error(tmp_path: Path) -> None:
    """No file: exit code 6 and the command that installs one."""
    with pytest.raises(store.StreetsNotInstalledError) as caught:
        store.load(tmp_path / "none.lrn")
    assert isinstance(caught.value, NotInstalledError)
    assert "lens-routes streets download" in caught.value.hint


def test_what_is_not_a_network_is_refused(tmp_path: Path) -> None:
    """A folder, an empty file or another kind of file in its place is named, not read."""
    for name in ("empty.lrn", "text.lrn"):
        (tmp_path / name).write_bytes(b"" if name == "empty.lrn" else b"some other file " * 99)
    (tmp_path / "folder.lrn").mkdir()
    for name in ("empty.lrn", "text.lrn", "folder.lrn"):
        with pytest.raises(store.StreetsUnusableError, match=name):
            store.load(tmp_path / name)


def test_info_tells_what_load_would(kept: Path) -> None:
    """The metadata can be had without the network."""
    assert store.info(kept) == store.load(kept).meta


def test_remove_says_whether_there_was_one(kept: Path) -> None:
    """Removing twice is no error; the second time there was nothing."""
    assert [storage.remove_file(kept), storage.remove_file(kept)] == [True, False]
    kept.mkdir()
    with pytest.raises(StorageError):
        storage.remove_file(kept)


def test_an_open_network_survives_its_replacement(kept: Path) -> None:
    """Whoever has the file open keeps the network it opened."""
    network = store.load(kept)
    before = content(network)
    store.save(network_of([(0, 0), (50, 50)], [((0, 1), "track", "")]), kept)
    assert content(network) == before
    assert list(store.load(kept).classes) == [{"highway": "track"}]


def test_writers_and_readers_do_not_disturb_each_other(kept: Path) -> None:
    """While two processes write over and over, each read is of a whole network."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom lens_routes.streets.network import store\n"
        "path = Path(sys.argv[1])\nnetwork = store.load(path)\n"
        "for _ in range(30): store.save(network, path)\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(kept)]) for _ in "ab"]
    expected = content(small_network())
    try:
        while any(writer.poll() is None for writer in writers):
            assert content(store.load(kept)) == expected
    finally:
        for writer in writers:
            writer.wait(30)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
