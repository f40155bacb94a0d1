"""How soon a command says that nothing leads there, on a feed and on copies of it side by side."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from startup import OURS, run

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Across France by regional trains, for which a day is too short.
LINE = ["transit", "journey", "Nice-Ville", "Quimper", "--depart", "2025-02-12T09:00"]
INFEASIBLE, RUNS = 5, 3
_IDS = {"stop_id", "parent_station", "trip_id", "route_id", "service_id", "from_stop_id",
        "to_stop_id", "block_id"}  # fmt: skip
#: Copies stand so far from each other, degrees: too far to change between most of their stops.
_APART = 0.004


def no_connection_s(feed: Path, copies: int) -> float:
    """Return the processor time of being told so, the least of some runs, seconds."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "LENS_ROUTES_HOME": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        many = _side_by_side(feed, copies, Path(folder, "copies.zip"))
        run([*OURS, "transit", "add", str(many)], environment)
        return min(_told(environment) for _ in range(RUNS))


def _told(environment: dict[str, str]) -> float:
    with subprocess.Popen(  # noqa: S603  # our own command
        [*OURS, *LINE], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != INFEASIBLE:
        raise SystemExit(f"{LINE} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def _side_by_side(feed: Path, copies: int, path: Path) -> Path:
    """Write a feed of several copies of one, each with ids, names and places of its own."""
    with zipfile.ZipFile(feed) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            rows = csv.DictReader(io.StringIO(source.read(name).decode("utf-8-sig")))
            text = io.StringIO()
            writer = csv.DictWriter(text, rows.fieldnames or [])
            writer.writeheader()
            own = _IDS.isdisjoint(rows.fieldnames or [])
            writer.writerows(rows if own else _copied(rows, copies))
            target.writestr(name, text.getvalue())
    return path


def _copied(rows: csv.DictReader[str], copies: int) -> Iterator[dict[str, str]]:
    for row in rows:
        for copy in range(copies):
            one = {key: f"{value}~{copy}" if key in _IDS and value else value
                   for key, value in row.items()}  # fmt: skip
            if one.get("stop_lat"):
                one["stop_lat"] = str(float(one["stop_lat"]) + _APART * copy)
            if copy and "stop_name" in one:
                one["stop_name"] += f" {copy}"
            yield one
