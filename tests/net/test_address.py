"""Passwords and keys in addresses are shown to nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.net.address import is_address, public


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://host/feed.zip", "https://host/feed.zip"),
        ("https://user:pw@host:8000/a/feed.zip?token=s#part", "https://host:8000/a/feed.zip"),
        ("HTTP://key@host", "HTTP://host"),
        ("http://user:p@ss/word@host/feed.zip", "http://host/feed.zip"),
        ("http://host?token=s", "http://host"),
        ("https://[::1]:80/feed?x", "https://[::1]:80/feed"),
        ("a file named what?.zip", "a file named what?.zip"),
        ("GET https://u:p@h/x?k=s, then 'ftp://u:p@h/y?k=s'!", "GET https://h/x then 'ftp://h/y'!"),
    ],
)
def test_what_is_shown(address: str, shown: str) -> None:
    """Scheme, server, port and path; nothing before an @, nothing behind a question mark."""
    assert public(address) == shown


WORD = st.text("abcdefghijk0123456789éß", min_size=6, max_size=12).map("s3".__add__)


@given(WORD, WORD, WORD, st.sampled_from(["http", "https", "FTP"]))
def test_no_secret_survives(user: str, password: str, token: str, scheme: str) -> None:
    """Wherever in a text an address stands, its user, password and query are gone."""
    address = f"{scheme}://{user}:{password}@host/feed.zip?token={token}#{token}"
    shown = public(f"Failed: {address} (see '{address}')")
    assert not any(secret in shown for secret in (user, password, token))
    assert shown.count("host/feed.zip") == 2


def test_an_address_is_told_from_a_file() -> None:
    """What begins as the web does is an address."""
    assert is_address("HTTPS://x")
    assert not is_address("feed.zip")
