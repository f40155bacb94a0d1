from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.timetable.small_feeds import (
    BUILT,
    TABLES,
    calls,
    compiled_from,
    shown,
    timetable,
    travel,
    trips,
    write,
)

from lens_routes.errors import BadInputError
from lens_routes.text.language import Said
from lens_routes.timetable.build import rules
from lens_routes.timetable.feeds.install import install
from lens_routes.timetable.network import installed, store
from lens_routes.timetable.read import archive

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stops.txt": None}, "stops.txt: the file is missing"),
        ({"stop_times.txt": None}, "stop_times.txt: the file is missing"),
        ({"agency.txt": None}, "agency.txt: the file is missing"),
        ({"calendar.txt": None}, "neither calendar.txt nor calendar_dates.txt"),
        ({"trips.txt": "route_id,trip_id\n1,t1\n"}, "trips.txt, line 1: the column service_id"),
        ({"stop_times.txt": ""}, "stop_times.txt, line 1: the columns trip_id"),
        ({"agency.txt": "agency_timezone\nMars/Olympus\n"}, "line 2: 'Mars/Olympus' is no time"),
        ({"trips.txt": "route_id,service_id,trip_id\n"}, "no trip of it can be used"),
        ({"calendar.txt": TABLES["calendar.txt"].replace(",1", ",0")}, "no trip runs on any day"),
    ],
)
def test_serious_faults_refuse_the_feed(
    tmp_path: Path, changes: dict[str, str | None], said: str
) -> None:
    """What makes a feed useless is refused with exit code 3, naming file, line and reason."""
    with pytest.raises(BadInputError, match=said) as caught:
        timetable(tmp_path, changes)
    assert caught.value.details


def test_what_is_no_feed_is_refused(tmp_path: Path) -> None:
    """A text file, a cut zip, a zip of other things, two feeds in one, Latin-1: all named."""
    text = tmp_path / "text.zip"
    text.write_text("not a zip")
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as out:
        for name, content in TABLES.items():
            out.writestr(name, content)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[:-30])
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as out:
        out.writestr("readme.md", "hello")
    two = tmp_path / "two.zip"
    with zipfile.ZipFile(two, "w") as out:
        out.writestr("a/stop_times.txt", "x")
        out.writestr("b/stop_times.txt", "x")
    latin = write(tmp_path / "latin")
    (latin / "stops.txt").write_bytes(
        TABLES["stops.txt"].replace("Stop A", "Arrêt").encode("latin1")
    )
    for path, said in (
        (text, "not a whole zip"),
        (cut, "not a whole zip"),
        (other, "stop_times.txt: the file is missing"),
        (two, "it holds two feeds"),
        (latin, "stops.txt: it is not text in UTF-8"),
        (tmp_path / "absent.zip", "no such file"),
    ):
        with pytest.raises(BadInputError, match=said):
            compiled_from(path)


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    """A zip whose directory is whole but whose content is not is named, not half read."""
    path = tmp_path / "broken.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in TABLES.items():
            out.writestr(name, content * (50 if name == "stops.txt" else 1))
    data = bytearray(path.read_bytes())
    begin = data.find(b"stops.txt") + 30
    data[begin : begin + 8] = bytes(8)
    path.write_bytes(data)
    with pytest.raises(BadInputError, match=r"stops\.txt"):
        compiled_from(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    """What unpacks a thousandfold is refused before it is unpacked."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in TABLES.items():
            out.writestr(name, content)
        out.writestr("shapes.txt", b"0" * (archive.SMALL_FILE_BYTES + 1))
    with pytest.raises(BadInputError, match=r"shapes\.txt.*no timetable packs so well"):
        compiled_from(path)


def test_absurd_sizes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds larger than memory, endless tables and transfers by the million have a limit."""
    monkeypatch.setattr(archive, "MOST_ROWS", 2)
    with pytest.raises(BadInputError, match="more than 2 rows"):
        timetable(tmp_path)
    monkeypatch.setattr(archive, "MOST_ROWS", 100)
    monkeypatch.setattr(archive, "LARGEST_FEED_BYTES", 100)
    with pytest.raises(BadInputError, match="too large"):
        timetable(tmp_path)
    monkeypatch.setattr(archive, "LARGEST_FEED_BYTES", 10_000)
    monkeypatch.setattr(rules, "MOST_TRANSFERS", 1)
    table = "from_stop_id,to_stop_id,transfer_type\nA,B,0\nB,A,0\n"
    with pytest.raises(BadInputError, match="more than 1 ways to change"):
        timetable(tmp_path, {"transfers.txt": table})


def mended(folder: Path, changes: dict[str, str | None]) -> list[str]:
    return [fault.told() for fault in timetable(folder, changes).meta.mended]


def two_trips(broken: str) -> dict[str, str | None]:
    return {"trips.txt": trips("t1", "t2"), "stop_times.txt": TABLES["stop_times.txt"] + broken}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (two_trips("t2,8:00,8:00,A,1\nt2,9:00:00,9:00:00,B,2\n"), "line 5: '8:00' is not a time"),
        (two_trips("t2,8:00:00,8:00:00,Z,1\nt2,9:00:00,9:00:00,B,2\n"), "line 5: stop_id 'Z'"),
        (two_trips("t2,8:00:00,8:00:00,A,1\nt2,7:00:00,7:00:00,B,2\n"), "line 6: trip 't2' arr"),
        (two_trips("t2,8:00:00,8:00:00,A,1\nt2,9:00:00,9:00:00,B,1\n"), "stop_sequence 1 twice"),
        (two_trips("t2,,,A,1\nt2,9:00:00,9:00:00,B,2\n"), "no time at its first or last stop"),
        (two_trips("t2,8:00:00,8:00:00,A,1\n"), "calls at fewer than two stops"),
        (two_trips("t2,300:00:00,300:00:00,A,1\nt2,301:00:00,301:00:00,B,2\n"), "ten days after"),
        (two_trips("t2,8:00:00,8:00:00,A,x\nt2,9:00:00,9:00:00,B,2\n"), "'x' is not a whole"),
    ],
)
def test_a_broken_trip_is_left_out(
    tmp_path: Path, changes: dict[str, str | None], said: str
) -> None:
    """A trip with a time or stop that cannot be is left out and listed; the others run."""
    feed = timetable(tmp_path, changes)
    assert any(said in fault.told() for fault in feed.meta.mended), feed.meta.mended
    assert feed.meta.trips == 1
    assert shown(travel(feed, "A", "C", "7:00")) == "A 08:00 C 08:20"


def test_a_negative_dwell_is_mended(tmp_path: Path) -> None:
    """Departing before arriving: the vehicle is taken to depart when it arrives."""
    feed = timetable(tmp_path, {"stop_times.txt": calls("t1 A 8:00 B 8:10-8:05 C 8:20")})
    assert shown(travel(feed, "B", "C", "7:00")) == "B 08:10 C 08:20"
    assert ("stop_times.txt", "departure moved to the arrival", 1) in feed.meta.mended_counts


def test_a_cycle_of_parents_is_cut(tmp_path: Path) -> None:
    """Stops that are their own grandparents keep running, without the parent."""
    stops = (
        "stop_id,stop_name,stop_lat,stop_lon,parent_station\n"
        "A,A,50.4,2.8,B\nB,B,50.4,2.81,C\nC,C,50.4,2.82,A\nD,D,50.4,2.8,nowhere\n"
    )
    feed = timetable(tmp_path, {"stops.txt": stops})
    said = [fault.told() for fault in feed.meta.mended]
    assert any("is its own descendant" in fault for fault in said)
    assert any("line 5: no stop 'nowhere'" in fault for fault in said)


def test_small_faults_are_listed(tmp_path: Path) -> None:
    """Repeated ids, broken dates, unknown references, short and long rows: file, line, remedy."""
    said = mended(
        tmp_path,
        {
            "stops.txt": TABLES["stops.txt"] + "A,Again,0,0\n,No id,1,1\nF,Far,999,0\n",
            "calendar_dates.txt": "service_id,date,exception_type\ndaily,20250230,1\n"
            "daily,20250305,3\ndaily,20250306,1\ndaily,20250306,2\n",
            "trips.txt": TABLES["trips.txt"] + "2,daily,t8,X\n1,never,t9,X\n1,daily,t1,X\n",
            "routes.txt": TABLES["routes.txt"] + "3,y,3\n",
            "transfers.txt": "from_stop_id,to_stop_id,transfer_type,from_route_id\n"
            "A,Z,0,\nA,B,9,\nA,B,2,7\n",
            "frequencies.txt": "trip_id,start_time,end_time,headway_secs\nt7,8:00:00,9:00:00,60\n",
        },
    )
    for expected in (
        "stops.txt, line 7: stop_id 'A' again, as in line 2; row left out",
        "stops.txt, line 8: no stop_id",
        "stops.txt, line 9: '999'",
        "calendar_dates.txt, line 2: '20250230' is not a date",
        "calendar_dates.txt, line 3: '3'",
        "calendar_dates.txt, line 5: 'daily' both runs",
        "trips.txt, line 3: route_id '2'",
        "trips.txt, line 4: service_id 'never' has no calendar",
        "trips.txt, line 5: trip_id 't1' again",
        "routes.txt, line 3: 3 fields for 5 columns; filled up",
        "transfers.txt, line 2: 'Z' is not in the feed",
        "transfers.txt, line 3: '9'",
        "transfers.txt, line 4: '7' is not in the feed",
        "frequencies.txt, line 2: trip_id 't7'",
    ):
        assert any(fault.startswith(expected) for fault in said), (expected, said)


def test_a_headway_of_nothing_leaves_the_trip_out(tmp_path: Path) -> None:
    """A departure every 0 seconds would run for ever; the trip is left out, never its pattern."""
    feed = timetable(
        tmp_path,
        {
            **two_trips("t2,9:00:00,9:00:00,A,1\nt2,9:10:00,9:10:00,B,2\n"),
            "frequencies.txt": "trip_id,start_time,end_time,headway_secs\nt2,8:00:00,9:00:00,0\n",
        },
    )
    assert feed.meta.trips == 1


def test_faults_of_a_kind_are_counted_not_hoarded(tmp_path: Path) -> None:
    """A thousand equal faults are counted, and some kept word for word."""
    rows = "".join(f"x,8:00:00,8:00:00,A,{n}\n" for n in range(1000))
    meta = timetable(tmp_path, {"stop_times.txt": TABLES["stop_times.txt"] + rows}).meta
    assert ("stop_times.txt", "row left out", 1000) in meta.mended_counts
    assert len(meta.mended) < 50


def test_a_refused_feed_leaves_the_installed_one(tmp_path: Path) -> None:
    """A feed that is refused takes nothing away: the older one of its name stays byte for byte."""

    def put(path: Path) -> None:
        install(
            path, name="bus", source=str(path), bbox=None, now=BUILT, report=lambda _w, _s: None
        )

    put(write(tmp_path / "good"))
    before = installed.path_of("bus").read_bytes()
    with pytest.raises(BadInputError):
        put(write(tmp_path / "bad", {"stops.txt": None}))
    assert installed.path_of("bus").read_bytes() == before
    assert installed.names() == ["bus"]


def test_chains_of_a_block_do_not_explode(tmp_path: Path) -> None:
    """A block of many trips on many days yields no more chains than days."""
    days = "".join(f"s{n},2025030{n},1\n" for n in range(1, 8))
    names = [f"t{n}" for n in range(40)]
    feed_trips = "".join(f"1,s{1 + n % 7},{name},b\n" for n, name in enumerate(names))
    changes: dict[str, str | None] = {
        "calendar.txt": None,
        "calendar_dates.txt": "service_id,date,exception_type\n" + days,
        "trips.txt": "route_id,service_id,trip_id,block_id\n" + feed_trips,
        "stop_times.txt": calls(*(f"{name} A 8:{n:02} B 8:{n:02}" for n, name in enumerate(names))),
    }
    assert timetable(tmp_path, changes).meta.runs <= len(names) * 7


def test_what_left_nothing_is_told(tmp_path: Path) -> None:
    """A feed refused because nothing is left names the faults that led there."""
    calendar = TABLES["calendar.txt"].replace("20250331", "20253131")
    with pytest.raises(
        BadInputError, match=r"calendar\.txt, line 2: '20253131' is not a date"
    ) as why:
        timetable(tmp_path, {"calendar.txt": calendar})
    assert [(one["file"], one["line"]) for one in why.value.details[:2]] == [
        ("trips.txt", 0),
        ("calendar.txt", 2),
    ]


def test_services_without_end(tmp_path: Path) -> None:
    """An end in 9999 is no fault of the trip; of two centuries, today's half one is kept."""
    calendar = TABLES["calendar.txt"].replace("20250331", "99991231")
    meta = timetable(tmp_path, {"calendar.txt": calendar}).meta
    assert meta.runs_on(BUILT.date().replace(month=12)) == 1
    old = calendar.replace("20250301", "19700101")
    meta = timetable(tmp_path, {"calendar.txt": old}, "old").meta
    assert meta.first_day.year == BUILT.year - 1
    assert meta.runs_on(BUILT.date()) == 1
    assert any("years apart" in fault.reason for fault in meta.mended)


def test_faults_are_kept_in_every_language(tmp_path: Path) -> None:
    """What is listed of a stored timetable can be said in each language, whoever imported it."""
    path = tmp_path / "feed.lrt"
    extra = TABLES["trips.txt"] + "9,daily,t9,X\n"
    store.save(timetable(tmp_path, {"trips.txt": extra}), path)
    (fault,) = store.load(path).meta.mended
    assert fault.told() == "trips.txt, line 3: route_id '9' is not in routes.txt; row left out"
    assert isinstance(fault.reason, Said)
    assert isinstance(fault.told(), Said)


def test_a_zip_that_points_outside_writes_nothing(tmp_path: Path) -> None:
    """Names that lead out of the zip, or to the root, are read past: nothing is unpacked."""
    inside = tmp_path / "inside"
    inside.mkdir()
    path = inside / "feed.zip"
    with zipfile.ZipFile(path, "w") as out:
        for name, content in TABLES.items():
            out.writestr(name, content)
        out.writestr("../../evil.txt", "x")
        out.writestr("/evil.txt", "x")
    assert compiled_from(path).meta.trips == 1
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["feed.zip", "inside"]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_an_empty_file_is_no_file(tmp_path: Path, name: str) -> None:
    """An empty table, or one with a title line alone, is refused and named."""
    for content in ("", TABLES[name].splitlines()[0] + "\n"):
        with pytest.raises(BadInputError) as why:
            timetable(tmp_path, {name: content}, f"f{len(content)}")
        assert why.value.details
