"""The page asks nothing of a network, unless it was made to."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def test_the_policy_keeps_the_page_from_the_network(visitor: Visitor) -> None:
    """Not even a script put into the page by somebody else reaches a server."""
    visitor.opens("bare")
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        visitor.driver.set_script_timeout(5)
        outcome = visitor.driver.execute_async_script(
            """const [address, done] = arguments;
            const picture = new Image();
            const drawn = new Promise((tell) => {
              picture.onload = () => tell("drawn");
              picture.onerror = () => tell("refused");
            });
            picture.src = address;
            const fetched = fetch(address).then(() => "fetched", () => "refused");
            Promise.all([drawn, fetched]).then(done);""",
            address,
        )
        assert outcome == ["refused", "refused"]
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert all("Content Security Policy" in message for message in visitor.errors())
    visitor.requests()


def test_an_online_map_that_does_not_come_leaves_the_own_one(visitor: Visitor) -> None:
    """Asked for tiles, the page asks their host alone; where it does not answer, streets show."""
    visitor.opens("tiles")
    off = "#online[aria-pressed='false']"
    visitor.sees(lambda: visitor.all(off))
    visitor.clicks("#online")
    visitor.sees(lambda: visitor.all(off))
    assert visitor.find("path.street").is_displayed()
    asked = [address for address in visitor.requests() if not address.startswith(("file", "data"))]
    assert asked
    assert all(re.match(r"https://127\.0\.0\.1:65321/\d+/\d+/\d+\.png$", a) for a in asked)
    assert all("net::ERR_" in message for message in visitor.errors())
