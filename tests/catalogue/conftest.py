"""A small sound catalogue, and the means to break it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from lens_routes.catalogue.load import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Catalogue


def feature(identity: str, name: str, lon: float, lat: float, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": identity,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"name": name, **properties},
    }


@pytest.fixture
def sound() -> dict[str, Any]:
    """Give a catalogue without a fault, to be changed at will."""
    return {
        "type": "FeatureCollection",
        "lens_routes": {
            "title": "A few places",
            "timezone": "Europe/Paris",
            "country": "FR",
            "school_holidays_zone": "B",
            "default_start": "gare-de-lens",
            "default_end": "gare-de-lens",
            "themes": {
                "culture": {"fr": "Culture", "en": "Culture"},
                "memory": {"fr": "Mémoire", "en": "Memory"},
                "mining-heritage": {"fr": "Patrimoine minier", "en": "Mining heritage"},
                "sport": {"fr": "Sport", "en": "Sport"},
            },
        },
        "features": [
            feature(
                "louvre-lens",
                "Musée du Louvre-Lens",
                2.80333,
                50.43056,
                name_en="Louvre-Lens museum",
                kind="museum",
                themes=["culture"],
                commune="Lens",
                opening_hours="We-Mo 10:00-18:00",
                visit_minutes=150,
                visit_minutes_min=60,
                interest=5,
                fee="free",
                wheelchair="yes",
                website="https://www.louvrelens.fr",
                unesco=False,
                status="open",
                tourable=True,
                coord_confidence="high",
                checked="2025-11-01",
                description_fr="Le musée\nde verre.",
            ),
            feature(
                "parc-du-louvre-lens",
                "Parc du Louvre-Lens",
                2.80426,
                50.43161,
                kind="park",
                themes=["culture"],
                commune="Lens",
                outdoor=True,
            ),
            feature(
                "gare-de-lens",
                "Gare de Lens",
                2.8283,
                50.4266,
                kind="station",
                commune="Lens",
                interest=1,
            ),
            feature(
                "gare-de-loison-sous-lens",
                "Gare de Loison-sous-Lens",
                2.8531,
                50.4385,
                kind="station",
                commune="Loison-sous-Lens",
            ),
            feature(
                "gare-de-noeux-les-mines",
                "Gare de Nœux-les-Mines",
                2.6646,
                50.4794,
                kind="station",
                commune="Nœux-les-Mines",
            ),
            feature(
                "eglise-saint-theodore",
                "Église Saint-Théodore",
                2.7998,
                50.4309,
                kind="church",
                themes=["memory"],
                commune="Lens",
            ),
            feature(
                "memorial-de-vimy",
                "Mémorial national du Canada à Vimy",
                2.7739,
                50.3794,
                name_en="Canadian National Vimy Memorial",
                kind="memorial",
                themes=["memory"],
                commune="Givenchy-en-Gohelle",
            ),
            feature(
                "terril-94",
                "Terril 94 – parc de trail",
                2.8716,
                50.4271,
                kind="slag-heap",
                themes=["mining-heritage"],
                commune="Noyelles-sous-Lens",
            ),
        ],
    }


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Any], Path]:
    """Give a function that writes a document, a text or bytes to a file and returns its path."""

    def write(document: Any) -> Path:
        path = tmp_path / "mine.geojson"
        if isinstance(document, bytes):
            path.write_bytes(document)
        else:
            text = document if isinstance(document, str) else json.dumps(document)
            path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def catalogue(sound: dict[str, Any], written: Callable[[Any], Path]) -> Catalogue:
    """Give the sound catalogue, loaded."""
    return load(written(sound))
