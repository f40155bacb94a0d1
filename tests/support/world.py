"""A small made-up mining town: its streets as an OSM file, its sights as a catalogue.

::

    north  N0---N1---N2---N3---N4    Rue du Nord; steps and a path climb the heap from N4 and N3
           |    |    |    |    |
           B0---B1---B2---B3---B4    Rue Basse
           |    |    |    |    |
           M0---M1---M2---M3---M4    Rue des Mineurs
           |    |    |    |    |
    south  G0---G1---G2---G3---G4    Avenue de la Gare, a main road

Neighbours stand 400 m apart; the columns are, from the west: Rue de l'Ouest, a nameless footpath,
Grand-Rue (pedestrian), the greenway (a cycleway), Rue de l'Est. A motorway crosses it all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from lens_routes.geo import Point

if TYPE_CHECKING:
    from pathlib import Path

WEST, SOUTH = 2.7800, 50.4200
LON_STEP, LAT_STEP = 0.005648, 0.003597  # 400 m each

ROWS = "GMBN"
WAYS: tuple[tuple[str, dict[str, str]], ...] = (
    ("G0 G1 G2 G3 G4", {"highway": "primary", "name": "Avenue de la Gare"}),
    ("M0 M1 M2 M3 M4", {"highway": "residential", "name": "Rue des Mineurs"}),
    ("B0 B1 B2 B3 B4", {"highway": "tertiary", "name": "Rue Basse"}),
    ("N0 N1 N2 N3 N4", {"highway": "residential", "name": "Rue du Nord"}),
    ("G0 M0 B0 N0", {"highway": "residential", "name": "Rue de l'Ouest"}),
    ("G1 M1 B1 N1", {"highway": "footway"}),
    ("G2 M2 B2 N2", {"highway": "pedestrian", "name": "Grand-Rue"}),
    ("G3 M3 B3 N3", {"highway": "cycleway", "name": "Voie verte"}),
    ("G4 M4 B4 N4", {"highway": "residential", "name": "Rue de l'Est"}),
    ("N4 T0", {"highway": "steps"}),
    ("N3 T1 T0", {"highway": "path"}),
    ("G0 B2 N4", {"highway": "motorway", "ref": "A 21"}),
)


def node(name: str) -> Point:
    """Return where a node of the drawing above is."""
    if name == "T0":
        return Point(WEST + 4.3 * LON_STEP, SOUTH + 3.6 * LAT_STEP)
    if name == "T1":
        return Point(WEST + 3.4 * LON_STEP, SOUTH + 3.7 * LAT_STEP)
    return Point(WEST + int(name[1]) * LON_STEP, SOUTH + ROWS.index(name[0]) * LAT_STEP)


def map_xml() -> str:
    """Return the streets as an OSM XML file."""
    names = sorted({name for refs, _ in WAYS for name in refs.split()})
    ids = {name: number for number, name in enumerate(names, 1)}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6" generator="tests">']
    for name, number in ids.items():
        lon, lat = node(name)
        lines.append(f' <node id="{number}" lat="{lat:.7f}" lon="{lon:.7f}" version="1"/>')
    for number, (refs, tags) in enumerate(WAYS, 100):
        lines.append(f' <way id="{number}" version="1">')
        lines += [f'  <nd ref="{ids[name]}"/>' for name in refs.split()]
        lines += [f"  <tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items()]
        lines.append(" </way>")
    return "\n".join([*lines, "</osm>", ""])


def place(identity: str, name: str, at: Point, **properties: Any) -> dict[str, Any]:
    """Return a sight as a GeoJSON feature."""
    known = {
        "name": name,
        "commune": "Fosse-Haute",
        "kind": "place",
        "themes": ["culture"],
        "visit_minutes": 30,
        "interest": 3,
        "tourable": True,
        "status": "open",
        "coord_confidence": "high",
        "source_id": "osm:node/1",
        "source_date": "2026-09",
        "checked": "2026-10-01",
    }
    return {
        "type": "Feature",
        "id": identity,
        "geometry": {"type": "Point", "coordinates": [round(at.lon, 6), round(at.lat, 6)]},
        "properties": {**known, **properties},
    }


def catalogue() -> dict[str, Any]:
    """Return the sights: open daily, closed on Tuesdays, open once a week, of unknown hours."""

    def beside(name: str, east: float = 0.05, north: float = 0.05) -> Point:
        corner = node(name)
        return Point(corner.lon + east * LON_STEP, corner.lat + north * LAT_STEP)

    features = [
        place("gare", "Gare de Fosse-Haute", beside("G2"), kind="station", themes=[],
              tourable=False, interest=1, outdoor=True),
        place("musee", "Musée de la Lampe", beside("M1"), kind="museum", interest=5,
              name_en="Museum of the Lamp", visit_minutes=90, opening_hours="We-Mo 10:00-18:00",
              fee="paid", description_en="Four hundred miners’ lamps, all lit on Sundays."),
        place("terril", "Terril de la fosse 3", beside("T0", 0, 0), kind="slag-heap", outdoor=True,
              themes=["mining-heritage", "nature", "panorama"], interest=4, visit_minutes=60,
              description_fr="De là-haut, on voit tout le pays minier."),
        place("eglise", "Église Sainte-Barbe", beside("B3"), kind="church", interest=2,
              themes=["architecture", "culture"], visit_minutes=20),
        place("parc", "Parc de la Digue", beside("N0"), kind="park", outdoor=True,
              themes=["nature", "parks"], interest=2),
        place("monument", "Monument aux mineurs", beside("M3"), kind="memorial", outdoor=True,
              themes=["memory", "mining-heritage"], interest=2, visit_minutes=15),
        place("halle", "Halle du marché", beside("B2"), kind="market", interest=3,
              opening_hours="Sa 08:00-12:00", visit_minutes=30),
        place("cite", "Cité des Électriciens du 3", beside("N2"), kind="estate", outdoor=True,
              themes=["mining-heritage", "architecture"], interest=3, visit_minutes=40),
        place("atelier", "Atelier du verre", beside("G4"), kind="workshop", interest=3,
              opening_hours="Tu-Fr 14:00-17:00", fee="paid", visit_minutes=45,
              coord_confidence="low"),
        place("hopital", "Nouvel hôpital", beside("B4"), kind="hospital", interest=1,
              status="planned", themes=["innovation"]),
        place("tour", "Tour des vents", beside("M4"), kind="tower", interest=3,
              opening_hours="Mo-Su 09:00-19:00", visit_minutes=30, themes=["panorama"]),
    ]  # fmt: skip
    return {
        "type": "FeatureCollection",
        "lens_routes": {
            "title": "Fosse-Haute",
            "timezone": "Europe/Paris",
            "country": "FR",
            "school_holidays_zone": "B",
            "default_start": "gare",
            "default_end": "gare",
            "attribution": "made up for the tests",
            "licence": "CC0",
        },
        "features": features,
    }


def write_map(folder: Path) -> Path:
    """Write the streets to a file and return its path."""
    path = folder / "fosse-haute.osm"
    path.write_text(map_xml(), encoding="utf-8")
    return path


def write_catalogue(folder: Path) -> Path:
    """Write the sights to a file and return its path."""
    path = folder / "fosse-haute.geojson"
    path.write_text(json.dumps(catalogue(), ensure_ascii=False), encoding="utf-8")
    return path
