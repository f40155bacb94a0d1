"""A bus between the station of Lens and an estate no walk reaches, for days with timetables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.program import run
from tests.timetable.small_feeds import TABLES, calls, trips, write

if TYPE_CHECKING:
    from pathlib import Path

#: At the station of Lens, at the estate of Bruay and halfway; 15 km lie between the first two.
STOPS = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
    f"{name},Stop {name},{lat},{lon}\n"
    for name, lat, lon in (("A", 50.4268, 2.8281), ("B", 50.45, 2.70), ("C", 50.4792, 2.5500))
)
FAR = "cite-des-electriciens"


def install_bus(folder: Path, zone: str = "Europe/Paris") -> None:
    """Install a bus that goes there at 10:10, 11:10 and 12:10 and back at 14:30 and 15:30.

    These are times of *zone*.
    """
    there = [f"o{h} A {h}:10 B {h}:25-{h}:26 C {h}:40" for h in (10, 11, 12)]
    back = [f"r{h} C {h}:30 B {h}:45 A {h + 1}:00" for h in (14, 15)]
    names = [row.split()[0] for row in there + back]
    feed = {
        "agency.txt": TABLES["agency.txt"].replace("Europe/Paris", zone),
        "stops.txt": STOPS,
        "trips.txt": trips(*names),
        "stop_times.txt": calls(*there, *back),
    }
    assert run("transit", "add", write(folder / "bus", feed), "--name", "bus").code == 0
