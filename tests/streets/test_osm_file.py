"""Reading OpenStreetMap files: what is kept, how faults are mended, how broken files are named."""

from __future__ import annotations

import bz2
import gzip
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.streets.segments import osmnx_segments, segments

from lens_routes.errors import BadInputError, StorageError, UsageError
from lens_routes.streets.access.ruleset import OSMNX
from lens_routes.streets.build.osm_file import read

if TYPE_CHECKING:
    from collections.abc import Callable

    import osmium

    from lens_routes.streets.build.ways import Ways

HEAD = "<?xml version='1.0' encoding='UTF-8'?><osm version='0.6'>"
STREET = "<tag k='highway' v='residential'/><tag k='name' v='Rue Émile Zola'/>"


def node(number: int, lon: float, lat: float = 50.43) -> str:
    return f"<node id='{number}' version='1' lat='{lat}' lon='{lon}'/>"


def way(number: int, refs: list[int], tags: str = STREET, extra: str = "") -> str:
    nodes = "".join(f"<nd ref='{ref}'/>" for ref in refs)
    return f"<way id='{number}' {extra}>{nodes}{tags}</way>"


#: A row of nodes, 0.001 degrees apart: node n lies at 2.80n.
ROW = "".join(node(n, 2.80 + n / 1000) for n in range(1, 9))


def lines(ways: Ways) -> list[list[int]]:
    """Return each way as the numbers of its nodes in `ROW`."""
    numbers = ((ways.lon_e7 - 28_000_000) / 10_000).round().astype(int)
    return [
        numbers[ways.refs[start:end]].tolist()
        for start, end in zip(ways.offsets[:-1], ways.offsets[1:], strict=True)
    ]


def write_street(writer: osmium.SimpleWriter) -> None:
    """Write nodes 1 and 2 of `ROW` and a path between them."""
    from osmium.osm.mutable import Node, Way

    for n in (1, 2):
        writer.add_node(Node(id=n, location=(2.80 + n / 1000, 50.43)))
    writer.add_way(Way(id=1, nodes=[1, 2], tags={"highway": "path"}))


@pytest.fixture
def osm(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that writes the elements given to a file."""

    def write(elements: str) -> Path:
        path = tmp_path / "map.osm"
        path.write_text(f"{HEAD}{elements}</osm>", encoding="utf-8")
        return path

    return write


def test_a_way_keeps_its_kind_name_and_nodes(osm: Callable[[str], Path]) -> None:
    """Names keep their accents; unnamed ways have the empty name; what is no way is not there."""
    path = osm(
        ROW
        + way(1, [1, 2, 3])
        + way(2, [3, 4], "<tag k='highway' v='steps'/>")
        + way(3, [4, 5], "<tag k='highway' v='proposed'/>")
        + way(4, [5, 6], "<tag k='building' v='yes'/>")
    )
    ways = read(path)
    assert lines(ways) == [[1, 2, 3], [3, 4]]
    assert [ways.classes[k]["highway"] for k in ways.way_class] == ["residential", "steps"]
    assert [ways.names[n] for n in ways.name] == ["Rue Émile Zola", ""]
    assert ways.names[0] == ""
    assert len(ways.lon_e7) == 4
    assert ways.source.kind == "file"
    assert ways.source.name == str(path.resolve())
    assert ways.source.map_date == ""


#: Any signs but controls, and the private ones of the last plane, which osmium writes wrongly.
SIGNS = st.characters(max_codepoint=0xFFFFF, exclude_categories=("Cc", "Cs", "Cn"))


@given(st.text(SIGNS, min_size=1))
def test_a_name_is_any_text(name: str) -> None:
    """What a street is called is read as it is written, whatever signs it is made of."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.osm"
        street = way(1, [1, 2], f"<tag k='highway' v='path'/><tag k='name' v={quoteattr(name)}/>")
        path.write_text(f"{HEAD}{ROW}{street}</osm>", encoding="utf-8")
        assert read(path).names == ("", name)


def test_ways_meet_where_they_share_a_node(osm: Callable[[str], Path]) -> None:
    """A junction is one node index, and two nodes at one place (a bridge) stay two."""
    ways = read(osm(ROW + node(20, 2.802) + way(1, [1, 2, 3]) + way(2, [2, 4]) + way(3, [20, 5])))
    starts = ways.offsets[:-1]
    assert ways.refs[starts[1]] == ways.refs[starts[0] + 1]
    assert ways.refs[starts[2]] != ways.refs[starts[1]]
    assert lines(ways)[2][0] == lines(ways)[1][0]


def test_the_order_in_the_file_does_not_matter(osm: Callable[[str], Path]) -> None:
    """A file that holds its ways before its nodes, or nodes unsorted, reads the same."""
    reversed_row = "".join(node(n, 2.80 + n / 1000) for n in range(8, 0, -1))
    assert lines(read(osm(way(1, [3, 1, 2]) + reversed_row))) == [[3, 1, 2]]


@pytest.mark.parametrize(
    ("refs", "kept"),
    [
        ([1, 2, 2, 3], [[1, 2, 3]]),
        ([1, 1, 1, 2], [[1, 2]]),
        ([1, 2, 99, 3, 4], [[1, 2], [3, 4]]),
        ([99, 1, 2, 98], [[1, 2]]),
        ([1, 99, 2, 3], [[2, 3]]),
        ([1, 2, 3, 1], [[1, 2, 3, 1]]),
        ([1, 2, 3, 2, 4], [[1, 2, 3, 2, 4]]),
    ],
)
def test_small_faults_are_mended(
    osm: Callable[[str], Path], refs: list[int], kept: list[list[int]]
) -> None:
    """Repeated nodes count once, missing nodes cut a way and never connect across the gap."""
    assert lines(read(osm(ROW + way(1, refs)))) == kept


def test_degenerate_ways_are_dropped(osm: Callable[[str], Path]) -> None:
    """A way of no node, of one node, or of one node twice is no street."""
    path = osm(ROW + way(1, []) + way(2, [1]) + way(3, [4, 4]) + way(4, [5, 6]))
    assert lines(read(path)) == [[5, 6]]


def test_of_two_versions_the_last_stays(osm: Callable[[str], Path]) -> None:
    """A way that comes twice, as in merged files, is not walked twice; deleted ways are gone."""
    path = osm(
        ROW
        + way(1, [1, 2])
        + way(1, [1, 2, 3])
        + way(2, [4, 5], extra="visible='false' version='2'")
    )
    assert lines(read(path)) == [[1, 2, 3]]


@pytest.mark.parametrize(
    ("bbox", "kept"),
    [
        ((2.8025, 50.4, 2.8045, 50.5), [[2, 3, 4, 5]]),  # 3 and 4 inside, one neighbour each side
        ((2.8030, 50.4, 2.8040, 50.5), [[2, 3, 4, 5]]),  # the border is inside
        ((2.8005, 50.4, 2.8015, 50.5), [[1, 2], [8, 1]]),  # a way is left twice
        ((2.7000, 50.4, 2.9000, 50.5), [[1, 2, 3, 4, 5, 6, 7], [7, 8, 1]]),
    ],
)
def test_clipping(
    osm: Callable[[str], Path],
    bbox: tuple[float, float, float, float],
    kept: list[list[int]],
) -> None:
    """A box keeps the nodes in it and their neighbours outside, as OSMnx truncates by edge."""
    ways = read(osm(ROW + way(1, [1, 2, 3, 4, 5, 6, 7]) + way(2, [7, 8, 1])), bbox)
    assert lines(ways) == kept
    assert ways.source.bbox == bbox


def test_an_empty_box_is_named(osm: Callable[[str], Path]) -> None:
    """A box without streets is an error that repeats the box, not an empty network."""
    with pytest.raises(BadInputError, match=r"3\.5,50\.4,3\.6,50\.5"):
        read(osm(ROW + way(1, [1, 2])), (3.5, 50.4, 3.6, 50.5))


def test_a_swapped_box_is_refused(osm: Callable[[str], Path]) -> None:
    """West east of east is a mistake of usage, found before the file is read."""
    with pytest.raises(UsageError, match="no inside"):
        read(osm(""), (2.9, 50.4, 2.8, 50.5))


def test_the_date_of_the_map(tmp_path: Path) -> None:
    """The date is that of the header, to which the whole file is up to date."""
    import osmium

    path = tmp_path / "map.osm.pbf"
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", "2023-01-02T03:04:05Z")
    with osmium.SimpleWriter(path, header=header) as writer:
        write_street(writer)
    assert read(path).source.map_date == "2023-01-02"


def test_without_a_date_the_newest_way_tells(osm: Callable[[str], Path]) -> None:
    """A file whose header has no date is as old as its newest street."""
    path = osm(
        ROW
        + way(1, [1, 2], extra="version='1' timestamp='2021-08-06T00:00:00Z'")
        + way(2, [2, 3], extra="version='1' timestamp='2022-02-03T00:00:00Z'")
        + way(3, [3, 4])
    )
    assert read(path).source.map_date == "2022-02-03"


def test_progress_runs_from_nothing_to_all(osm: Callable[[str], Path]) -> None:
    """Whoever watches sees fractions that only grow, and the end."""
    seen: list[float] = []
    read(osm(ROW + way(1, [1, 2])), report=lambda _, fraction: seen.append(fraction))
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)


@pytest.mark.parametrize("name", ["m.osm", "m.osm.gz", "m.osm.bz2", "M.OSM.GZ"])
def test_formats(tmp_path: Path, name: str) -> None:
    """XML reads the same plain, gzipped and bzipped; upper case in the name does not matter."""
    text = f"{HEAD}{ROW}{way(1, [1, 2])}</osm>".encode()
    pack = {"gz": gzip.compress, "z2": bz2.compress, "sm": bytes}[name[-2:].lower()]
    path = tmp_path / name
    path.write_bytes(pack(text))
    assert lines(read(path)) == [[1, 2]]


def test_formats_pbf(tmp_path: Path) -> None:
    """PBF reads the same as XML."""
    import osmium

    path = tmp_path / "map.osm.pbf"
    with osmium.SimpleWriter(path) as writer:
        write_street(writer)
    assert lines(read(path)) == [[1, 2]]


WHOLE = f"{HEAD}{ROW}{way(1, list(range(1, 9)))}</osm>".encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.osm", b""),
        ("empty.osm.pbf", b""),
        ("cut.osm", WHOLE[: len(WHOLE) // 2]),
        ("end-missing.osm", WHOLE[:-6]),
        ("cut.osm.gz", gzip.compress(WHOLE)[:-20]),
        ("checksum-missing.osm.gz", gzip.compress(WHOLE)[:-4]),
        ("cut.osm.bz2", bz2.compress(WHOLE)[:-8]),
        ("not-gz.osm.gz", b"hello"),
        ("not-a.osm.pbf", b"this is no PBF at all" * 20),
        ("zip.osm.pbf", b"PK\x03\x04" + bytes(100)),
        ("zeros.osm.pbf", bytes(1000)),
        ("web-page.osm", b"<html><body>404 Not found</body></html>"),
        ("old.osm", b"<osm version='0.5'></osm>"),
        ("no-ways.osm", b"<osm version='0.6'></osm>"),
        ("change.osm", b"<osmChange version='0.6'></osmChange>"),
        ("bad-coordinate.osm", WHOLE.replace(b"50.43", b"fifty")),
        ("off-the-earth.osm", WHOLE.replace(b"50.43", b"500")),
        ("bad-ref.osm", WHOLE.replace(b"ref='3'", b"ref='x'")),
        ("no-nodes.osm", f"{HEAD}{way(1, [1, 2])}</osm>".encode()),
        ("not-utf-8.osm", WHOLE.replace("É".encode(), b"\xff")),
        ("map.zip", b"PK\x03\x04"),
        ("map.geojson", b"{}"),
    ],
)
def test_broken_files_are_named(tmp_path: Path, name: str, content: bytes) -> None:
    """Each broken file gives one error that names the file and a hint, never a traceback."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInputError, match=name) as failure:
        read(path)
    assert failure.value.hint


@pytest.mark.shared
@pytest.mark.parametrize("keep", [0.001, 0.3, 0.9, 0.9999])
def test_a_truncated_pbf_is_named(shared: Path, tmp_path: Path, keep: float) -> None:
    """A PBF that broke off at any place is refused, not read in part."""
    whole = (shared / "osm" / "lens-centre.osm.pbf").read_bytes()
    path = tmp_path / "cut.osm.pbf"
    path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(BadInputError, match="cut"):
        read(path)


def test_a_map_that_would_fill_the_disk_is_refused(
    osm: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no room for what is written meanwhile, the folder and the need are named."""
    path = osm(ROW + way(1, [1, 2]))
    full = shutil.disk_usage(path)._replace(free=100)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    with pytest.raises(StorageError, match="34 MB") as refused:
        read(path)
    assert "TMPDIR" in refused.value.hint


def test_missing_file_and_directory(tmp_path: Path) -> None:
    """A wrong path is told as what it is."""
    with pytest.raises(BadInputError, match="there is no such file"):
        read(tmp_path / "absent.osm.pbf")
    (tmp_path / "folder.osm").mkdir()
    with pytest.raises(BadInputError, match="is a directory"):
        read(tmp_path / "folder.osm")


@pytest.mark.shared
def test_the_same_streets_as_osmnx(shared: Path, tmp_path: Path) -> None:
    """By OSMnx's rules every stretch, kind and name equals OSMnx's own graph of the file.

    And clipped by a box, they equal that graph truncated by edge.
    """
    import osmnx

    packed = shared / "osm" / "lens-centre.osm.gz"
    path = tmp_path / "centre.osm"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    graph = osmnx.graph_from_xml(path, bidirectional=True, simplify=False, retain_all=True)
    unwanted = [
        (tail, head, key)
        for tail, head, key, tags in graph.edges(keys=True, data=True)
        if not any(OSMNX.permissions(tags))
    ]
    graph.remove_edges_from(unwanted)
    assert unwanted
    assert segments(read(packed, rules=OSMNX)) == osmnx_segments(graph)

    bbox = (2.80, 50.42, 2.84, 50.44)
    clipped = osmnx.truncate.truncate_graph_bbox(graph, bbox, truncate_by_edge=True)
    assert segments(read(packed, bbox, rules=OSMNX)) == osmnx_segments(clipped)
