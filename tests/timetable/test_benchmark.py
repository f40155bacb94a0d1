from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.timetable.small_feeds import TABLES

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "journeys.py"
STOPS = (
    "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
    "S,Station,50.4,2.8,1,\nA,A,50.4,2.8,0,\nB1,B,50.4,2.8,0,S\nB2,B,50.4,2.8,0,S\nC,C,50.4,2.8,0,\n"
)
CALLS = (
    "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "t1,8:00:00,8:00:00,A,1\nt1,8:10:00,8:10:00,B1,2\n"
    "t2,8:12:00,8:12:00,B2,1\nt2,8:20:00,8:20:00,C,2\n"
    "t3,8:30:00,8:30:00,B2,1\nt3,8:40:00,8:40:00,C,2\n"
)
TRIPS = "route_id,service_id,trip_id\n1,daily,t1\n1,daily,t2\n1,daily,t3\n"


def run(
    folder: Path, queries: str, *options: str, transfers: str | None = None
) -> subprocess.CompletedProcess[str]:
    tables = {**TABLES, "stops.txt": STOPS, "stop_times.txt": CALLS, "trips.txt": TRIPS}
    if transfers:
        tables["transfers.txt"] = transfers
    with zipfile.ZipFile(folder / "feed.zip", "w") as out:
        for name, text in tables.items():
            out.writestr(name, text)
    (folder / "queries.csv").write_text(queries)
    files = [str(folder / "feed.zip"), str(folder / "queries.csv")]
    return subprocess.run(
        [sys.executable, str(SCRIPT), *files, *options],
        cwd=SCRIPT.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_json_line_each(tmp_path: Path) -> None:
    """The contract: earliest arrival, rides, seconds; a station is any platform; null for none."""
    queries = (
        "from_stop,to_stop,depart\nA,C,2025-03-03T07:00\nS,C,2025-03-03T08:00:00+01:00\n"
        "B1,C,2025-03-03T07:00\nA,A,2025-03-03T07:00:00\nA,S,2025-03-03T06:30:00+00:00\n"
    )
    done = run(tmp_path, queries, "--json")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(line.keys() == {"arrive", "rides", "seconds"} for line in lines)
    assert [(line["arrive"], line["rides"]) for line in lines] == [
        ("2025-03-03T08:20:00+01:00", 2),
        ("2025-03-03T08:20:00+01:00", 1),
        (None, 0),
        ("2025-03-03T07:00:00+01:00", 0),
        ("2025-03-03T08:10:00+01:00", 1),
    ]


@pytest.mark.parametrize(("change_s", "arrive"), [(120, "08:20"), (121, "08:40"), (0, "08:20")])
def test_seconds_for_a_change(tmp_path: Path, change_s: int, arrive: str) -> None:
    """``--transfer-seconds`` pass between alighting and boarding, to the second."""
    queries = "from_stop,to_stop,depart\nA,C,2025-03-03T07:00\n"
    done = run(tmp_path, queries, "--json", "--transfer-seconds", str(change_s))
    assert json.loads(done.stdout)["arrive"] == f"2025-03-03T{arrive}:00+01:00"


def test_lines_for_people(tmp_path: Path) -> None:
    """Without --json the same is said in words."""
    done = run(tmp_path, "from_stop,to_stop,depart\nA,C,2025-03-03T07:00\n")
    assert "2025-03-03 08:20:00, 2 rides" in done.stdout


@pytest.mark.parametrize(
    ("queries", "said"),
    [
        ("from_stop,to_stop\nA,C\n", "depart is missing"),
        ("from_stop,to_stop,depart\nA,C,soon\n", "line 2: 'soon' is no ISO"),
    ],
)
def test_broken_queries_are_named(tmp_path: Path, queries: str, said: str) -> None:
    """A missing column or no time: exit code 3, file and line."""
    done = run(tmp_path, queries, "--json")
    assert (done.returncode, done.stdout) == (3, "")
    assert said in done.stderr


def test_an_unknown_stop_leads_nowhere(tmp_path: Path) -> None:
    """A stop the feed does not have gets a line like every other, and is named on stderr."""
    queries = "from_stop,to_stop,depart\nA,Z,2025-03-03T07:00\nA,C,2025-03-03T07:00\n"
    done = run(tmp_path, queries, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["arrive"] for line in lines] == [None, "2025-03-03T08:20:00+01:00"]
    assert "line 2: the feed has no stop 'Z'" in done.stderr
    assert done.returncode == 0


def test_transfers_of_the_feed_do_not_count(tmp_path: Path) -> None:
    """The contract's changes are of one length, whatever ``transfers.txt`` says."""
    rules = (
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id\n"
        "B1,B2,3,,,\nB1,B2,1,,t1,t2\nA,C,2,60,,\n,,4,,t1,t2\n"
    )
    queries = "from_stop,to_stop,depart\nA,C,2025-03-03T07:00\n"
    done = run(tmp_path, queries, "--json", transfers=rules)
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (line["arrive"], line["rides"]) == ("2025-03-03T08:20:00+01:00", 2)
