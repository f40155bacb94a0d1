"""Feeds known by name: what runs around the Louvre-Lens, where it is published, at what price.

The addresses are the stable ones of the files at data.gouv.fr, which lead to the latest version;
they stand in the public catalogue of Transitous (``feeds/fr.json``), made from the French national
access point, transport.data.gouv.fr.
"""

from __future__ import annotations

from dataclasses import dataclass

from lens_routes.text.language import marked

FILES = "https://www.data.gouv.fr/api/1/datasets/r/"
_PAGES = "https://transport.data.gouv.fr/datasets/"


@dataclass(frozen=True, slots=True)
class Known:
    """A feed known by name.

    Parameters
    ----------
    name, title
        What it is called here, and what it is; `tr` says the title.
    url, page
        The address of its latest file, and the page that tells about it.
    licence
        Under what it is published; empty where that was not read.
    fare
        What every rider should know of its price, for `tr`; empty where there is nothing.
    """

    name: str
    title: str
    url: str
    page: str
    licence: str = ""
    fare: str = ""


KNOWN = {
    feed.name: feed
    for feed in (
        Known(
            "ter",
            marked("SNCF, the trains of France"),
            f"{FILES}9ae758ec-cd7a-40cd-a890-bb3963224942",
            f"{_PAGES}horaires-des-lignes-ter-sncf",
            "ODbL",
        ),
        Known(
            "tadao",
            marked("Tadao, the buses of Lens, Béthune and Hénin-Beaumont"),
            f"{FILES}47a5e290-7883-4a40-bdcf-b693f64087b0",
            f"{_PAGES}gtfs-tadao",
            "ODbL",
            marked("The Tadao buses are free for everyone since 1 January 2026."),
        ),
        Known(
            "artis",
            marked("Artis, the buses of Arras"),
            f"{FILES}4ded8fb3-a38d-45c5-b4a7-a2f6ac17ba4f",
            f"{_PAGES}donnees-transport-du-reseau-artis",
            "Licence Ouverte 2.0 (Etalab)",
        ),
        Known(
            "eveole",
            marked("Évéole, the buses of Douai"),
            f"{FILES}99cf5e2f-87c2-4ff1-bc0d-32f04cc213ab",
            _PAGES,
            "ODbL",
        ),
        Known(
            "ilevia",
            marked("Ilévia, the metro, trams and buses of Lille"),
            f"{FILES}c9e5dd3f-8eed-4ad7-aec2-915240599cf6",
            f"{_PAGES}localisation-des-arrets-ilevia-bus-metro-et-tram-gtfs-pictogrammes-du-reseau"
            "-ilevia-2",
        ),
        Known(
            "pas-de-calais",
            marked("The coaches between the towns of the Pas-de-Calais"),
            f"{FILES}3e744287-1221-47fd-96e0-fa154e79c4f8",
            _PAGES,
        ),
    )
}


def known_at(source: str) -> Known | None:
    """Return the feed that is published at an address, None where it is not known."""
    return next((feed for feed in KNOWN.values() if feed.url == source), None)
