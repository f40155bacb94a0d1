"""Addresses that open a position in a map, made without asking anybody."""

from __future__ import annotations

from urllib.parse import quote


def geo_uri(lon: float, lat: float) -> str:
    """Return a position as phones open it in the map application they have (RFC 5870).

    No query is added: the label Android reads behind ``?q=`` is no part of the standard. Five
    decimals are a metre.
    """
    return f"geo:{lat:.5f},{lon:.5f}"


def openstreetmap(lon: float, lat: float) -> str:
    """Return the page of a position on OpenStreetMap."""
    where = f"{lat:.5f}/{lon:.5f}"
    return f"https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}#map=18/{where}"


def apple(lon: float, lat: float, name: str) -> str:
    """Return the address by which iPhones and Macs show a position in their maps."""
    return f"https://maps.apple.com/?ll={lat:.5f},{lon:.5f}&q={quote(name, errors='replace')}"


def google(lon: float, lat: float) -> str:
    """Return the address by which Google shows a position."""
    return f"https://www.google.com/maps/search/?api=1&query={lat:.5f}%2C{lon:.5f}"
