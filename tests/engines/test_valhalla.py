"""``route --engine valhalla:…``: recorded answers over loopback, and the real engine."""

from __future__ import annotations

import copy
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.engines.recorded import recorded, serving
from tests.support import schemas
from tests.support.program import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Town

pytestmark = pytest.mark.usefixtures("nine_o_clock")


def asked(town: Town, url: str, *more: object) -> Any:
    own = ("--places", town.catalogue, "--json")
    return run("route", "gare", "musee", "--engine", f"valhalla:{url}", *own, *more)


def test_an_answer_is_told_as_our_document(town: Town) -> None:
    """The question holds points, mode and pace; the way comes with its line and directions."""
    with serving(recorded("valhalla")) as (url, questions):
        document = asked(town, url, "--pace", "5km/h").document
    schemas.assert_valid(document)
    ((path, question),) = questions
    assert path == "/route"
    assert question["costing_options"] == {"pedestrian": {"walking_speed": 5.0}}
    assert question["locations"][0] == {"lat": 50.42018, "lon": 2.791578}
    (leg,) = document["legs"]
    assert leg["mode"] == "walk"
    assert leg["steps"][0]["instruction"] == "Walk north on Grand-Rue"
    assert [step["street"] for step in leg["steps"][:2]] == ["Grand-Rue", "Rue des Mineurs"]
    assert sum(step["distance_m"] for step in leg["steps"]) == pytest.approx(800, abs=2)
    assert leg["distance_m"] == pytest.approx(800 + leg["snap_m"], abs=2)
    assert leg["geometry"][0] == [2.791578, 50.42018]


def test_other_ways_are_alternatives(town: Town) -> None:
    """What Valhalla calls alternates stands beside the first way."""
    answer = recorded("valhalla")
    answer["alternates"] = [{"trip": answer["trip"]}]
    with serving(answer) as (url, questions):
        document = asked(town, url, "--alternatives", "1").document
    schemas.assert_valid(document)
    assert questions[0][1]["alternates"] == 1
    assert len(document["alternatives"]) == 1


def _backwards(trip: Any) -> None:
    trip["legs"][0]["summary"]["time"] = -5


def _flying(trip: Any) -> None:
    trip["legs"][0]["summary"]["time"] = 3


def _elsewhere(trip: Any) -> None:
    trip["legs"][0]["summary"]["length"] = 4.0


def _short(trip: Any) -> None:
    trip["legs"] = []


@pytest.mark.parametrize("spoil", [_backwards, _flying, _elsewhere, _short])
def test_an_answer_that_cannot_be_is_refused(town: Town, spoil: Callable[[Any], None]) -> None:
    """The checker judges what another engine says as it judges our own ways."""
    answer = copy.deepcopy(recorded("valhalla"))
    spoil(answer["trip"])
    with serving(answer) as (url, _):
        error = asked(town, url).error
    assert error["code"] == 7


def test_what_a_server_refuses_is_said(town: Town) -> None:
    """Its own words are passed on: no way is no fault of the network."""
    refusal = {"error_code": 442, "error": "No path could be found for input", "status_code": 400}
    with serving(refusal, 400) as (url, _):
        error = asked(town, url).error
    assert error["code"] == 4
    assert "No path could be found for input" in error["message"]


@pytest.mark.parametrize(("body", "status"), [(b"<html>", 200), ([], 200), ({}, 502)])
def test_nonsense_is_a_fault_of_the_server(town: Town, body: object, status: int) -> None:
    """No answer of a server ends in a traceback."""
    with serving(body, status) as (url, _):
        assert asked(town, url).error["code"] == 7


@pytest.mark.parametrize(
    "words",
    [
        ("--engine", "osrm:http://127.0.0.1:1"),
        ("--engine", "valhalla:somewhere"),
        ("--engine", "valhalla:http://127.0.0.1:1", "--way", "calm"),
        ("--engine", "valhalla:http://127.0.0.1:1", "--mode", "e-bike"),
    ],
)
def test_what_no_engine_does_is_refused_unasked(town: Town, words: tuple[str, ...]) -> None:
    """Another engine, no address, a wish or a mode Valhalla has not: exit code 2."""
    assert run("route", "gare", "musee", *words, "--places", town.catalogue).code == 2


@pytest.fixture(scope="module")
def real(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Valhalla itself, from its wheel, on the streets of the made-up town."""
    valhalla = pytest.importorskip("valhalla")
    import osmium

    folder = tmp_path_factory.mktemp("valhalla")
    source = folder / "town.osm.pbf"
    with osmium.SimpleWriter(str(source)) as writer:
        for element in osmium.FileProcessor(str(town.map)):
            writer.add(element)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "tiles").mkdir()
    settings = valhalla.get_config(tile_dir=str(folder / "tiles"), tile_extract="")
    settings["httpd"]["service"] |= {
        "listen": f"tcp://127.0.0.1:{port}",
        "loopback": f"ipc://{folder}/loopback",
        "interrupt": f"ipc://{folder}/interrupt",
    }
    config = folder / "valhalla.json"
    config.write_text(json.dumps(settings))
    # It looks for its programs on the path, where those of this interpreter may not be.
    path = f"{Path(valhalla.__file__).parents[4] / 'bin'}{os.pathsep}{os.environ['PATH']}"
    own = [sys.executable, "-m", "valhalla"]
    environment = {**os.environ, "PATH": path}
    build = [*own, "valhalla_build_tiles", "-c", str(config), str(source)]
    if subprocess.run(build, env=environment, capture_output=True, check=False).returncode:
        pytest.skip("this wheel cannot build tiles")
    serve = [str(Path(valhalla.__file__).parent / "bin" / "valhalla_service"), str(config), "1"]
    with subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _until_it_listens(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def _until_it_listens(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    pytest.skip("Valhalla does not start")


@pytest.mark.parametrize("mode", ["foot", "wheelchair", "bike", "road", "car"])
def test_the_real_engine_answers(town: Town, real: str, mode: str) -> None:
    """Each mode it knows gives a way that our document holds and our checker accepts."""
    document = asked(town, real, "--mode", mode).document
    schemas.assert_valid(document)
    assert document["legs"][0]["steps"]
