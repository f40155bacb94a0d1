"""Feeds known by name: what runs around the Louvre-Lens, and where it is published.

The addresses are those under which the feeds stand in the public catalogue of Transitous
(``feeds/fr.json``), made from the French national access point, transport.data.gouv.fr. Two of
them are published as a new file each time; the data set's entry at data.gouv.fr tells the latest.
"""

from __future__ import annotations

from dataclasses import dataclass

from lens_routes.text.language import tr

DATASETS = "https://www.data.gouv.fr/api/1/datasets/"


@dataclass(frozen=True, slots=True)
class Known:
    """A feed: its name here, what it is, the address of its file or of its data set's entry."""

    name: str
    title: str
    url: str
    page: str


KNOWN = {
    feed.name: feed
    for feed in (
        Known(
            "ter",
            tr("SNCF TER, the regional trains of France"),
            "https://eu.ftp.opendatasoft.com/sncf/plandata/export-ter-gtfs-last.zip",
            "https://transport.data.gouv.fr/datasets/horaires-des-lignes-ter-sncf",
        ),
        Known(
            "tadao",
            tr("Tadao, the buses of Lens, Béthune and Hénin-Beaumont"),
            f"{DATASETS}gtfs-tadao/",
            "https://transport.data.gouv.fr/datasets/gtfs-tadao",
        ),
        Known(
            "ilevia",
            tr("Ilévia, the metro, trams and buses of Lille"),
            "https://media.ilevia.fr/opendata/gtfs.zip",
            "https://transport.data.gouv.fr/datasets/localisation-des-arrets-ilevia-bus-metro-et-"
            "tram-gtfs-pictogrammes-du-reseau-ilevia-2",
        ),
        Known(
            "artis",
            tr("Artis, the buses of Arras"),
            f"{DATASETS}donnees-transport-du-reseau-artis/",
            "https://transport.data.gouv.fr/datasets/donnees-transport-du-reseau-artis",
        ),
    )
}
