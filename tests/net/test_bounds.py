"""Whatever a server sends, and however slowly, what asks it comes to an end."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from tests.support.hostile_server import WAYS, hostile
from tests.support.program import run

from lens_routes.net.bounds import TooLateError, TooMuchError, Watch, read_at_most, within

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Town


def test_what_is_in_time_is_returned_or_raised() -> None:
    """The answer of a call, or its own error, a timeout of its own included."""
    assert within(Watch(60), lambda: 42) == 42

    def fails(error: Exception) -> Callable[[], None]:
        def call() -> None:
            raise error

        return call

    for error in (ValueError("x"), TimeoutError("of its own")):
        with pytest.raises(type(error)):
            within(Watch(60), fails(error))


def test_what_is_late_is_left() -> None:
    """A call that hangs is waited for as long as was said, and again from each new request on."""
    for_ever = threading.Event()
    with pytest.raises(TooLateError):
        within(Watch(0.05), for_ever.wait)
    watch, calls = Watch(0.05), iter(range(3))

    def goes_on() -> str:
        for _ in calls:
            watch.allow(60)
            for_ever.wait(0.04)
        return "done"

    assert within(watch, goes_on) == "done"
    for_ever.set()


def test_no_more_is_read_than_allowed() -> None:
    """So many bytes are read; one more is too much."""
    assert read_at_most(lambda count: b"x" * min(count, 3), 3) == b"xxx"
    with pytest.raises(TooMuchError):
        read_at_most(lambda count: b"x" * min(count, 4), 3)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("asked", ["transit", "streets", "heights", "address"])
def test_no_server_holds_a_command_for_ever(
    asked: str, way: str, town: Town, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A body or a head without end, or one byte at a time: exit 7, and nothing stays behind."""
    from lens_routes.geocode import adapter
    from lens_routes.streets.build import overpass_request
    from lens_routes.streets.elevation import download as heights
    from lens_routes.timetable.feeds import download

    monkeypatch.setattr(adapter, "_TIMES", 0.1)
    monkeypatch.setattr(overpass_request, "STATUS_TIMEOUT_S", 0.3)
    monkeypatch.setattr(overpass_request, "LONGEST_ANSWER_S", 0.3)
    monkeypatch.setattr(overpass_request, "LARGEST_ANSWER_BYTES", 1_000_000)
    monkeypatch.setattr(download, "LARGEST_BYTES", 1_000_000)
    monkeypatch.setattr(download, "LONGEST_S", 1)
    monkeypatch.setattr(heights, "LARGEST_BYTES", 1_000_000)
    monkeypatch.setattr(heights, "TILE_S", 1)
    with hostile(way) as address:
        monkeypatch.setenv("LENS_ROUTES_BAN_URL", address)
        monkeypatch.setenv("LENS_ROUTES_NOMINATIM_URL", address)
        lines = {
            "transit": ["transit", "add", f"{address}/feed.zip"],
            "streets": ["streets", "download", "--bbox", "2.78,50.42,2.79,50.43", "--endpoint",
                        address, "--timeout", "1", "--attempts", "1"],
            "heights": ["elevation", "download", "--bbox", "2.78,50.42,2.79,50.43", "--address",
                        address],
            "address": ["nearby", "12 rue Sans Fin, Lens", "--online"],
        }  # fmt: skip
        result = run(*lines[asked], "--places", town.catalogue, "--json")
    assert result.code == 7, result.err
    assert [path for path in home.rglob("*") if path.name.endswith((".part", ".zip"))] == []
