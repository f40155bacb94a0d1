"""The password and the key of a feed: used to fetch it again, and to be found nowhere else."""

from __future__ import annotations

import http.server
import stat
import threading
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from tests.support.program import run
from tests.timetable.test_download import packed

from lens_routes.files.fault_report import write_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRETS = ("nobody-knows", "open-sesame", "k3y-0f-mine")
USER, PASSWORD, KEY = SECRETS


@pytest.fixture
def guarded() -> Iterator[str]:
    """Serve a feed to those only who know its password and its key; yield its whole address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            login = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
            known = self.headers.get("Authorization") == f"Basic {login}"
            body = packed() if known and self.path == f"/feed.zip?token={KEY}" else b""
            self.send_response(200 if body else 403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://{USER}:{PASSWORD}@127.0.0.1:{server.server_port}/feed.zip?token={KEY}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_feed_behind_a_password(guarded: str, home: Path) -> None:
    """It is added and updated; its secrets stand in one file, which its owner alone may read."""
    told = [run("transit", "add", guarded, "--name", "own")]
    told += [run("transit", "list"), run("transit", "list", "--json"), run("transit", "info")]
    told += [run("transit", "update", "own"), run("doctor"), run("transit", "add", guarded + "x")]
    assert [result.code for result in told] == [0, 0, 0, 0, 0, 0, 7]
    for result in told:
        assert not any(secret in result.out + result.err for secret in SECRETS)
    kept = [
        path
        for path in home.rglob("*")
        if path.is_file() and any(secret.encode() in path.read_bytes() for secret in SECRETS)
    ]
    assert [path.name for path in kept] == ["own.address"]
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600
    shown = guarded.replace(f"{USER}:{PASSWORD}@", "").partition("?")[0]
    assert shown in told[1].out
    # The public part of a known address stands for the whole of it.
    assert run("transit", "add", shown, "--name", "own").code == 0
    assert run("transit", "remove", "own").code == 0
    assert not kept[0].exists()
    assert run("transit", "add", shown, "--name", "own").code == 7


@pytest.mark.parametrize("gap", ["", " ", "'", "<"])
def test_other_addresses_with_passwords(
    home: Path, monkeypatch: pytest.MonkeyPatch, gap: str
) -> None:
    """Servers may be named with a password too, misspelt or not; none is shown."""
    server = f"http://{USER}{gap}:{PASSWORD}{gap}@127.0.0.1:9/a{gap}pi?key={gap}{KEY}"
    (home / "config.toml").write_text(f'[streets.download]\nendpoint = "{server}"\n')
    for name in ("BAN", "NOMINATIM"):
        monkeypatch.setenv(f"LENS_ROUTES_{name}_URL", server)
    told = [
        run("config", "show"),
        run("config", "show", "--json"),
        run("streets", "download", "--bbox", "2.78,50.42,2.79,50.43", "--attempts", "1"),
        run("nearby", "12 rue Neuve, Lens", "--online"),
        run("transit", "add", server),
        run("route", "louvre-lens", "gare-de-lens", "--engine", f"valhalla:{server}"),
    ]
    assert [result.code for result in told] == [0, 0, 7, 2 if gap else 7, 7, 7]
    for result in told:
        assert not any(secret in result.out + result.err for secret in SECRETS)


def test_a_report_for_the_makers_holds_no_secret() -> None:
    """What people are asked to send names no password."""
    from pathlib import Path

    report = Path(write_report(f"arguments: ['http://{USER}:{PASSWORD}@host/x?token={KEY}']"))
    text = report.read_text(encoding="utf-8")
    report.unlink()
    assert "http://host/x" in text
    assert not any(secret in text for secret in SECRETS)
