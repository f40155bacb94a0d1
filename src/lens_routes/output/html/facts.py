"""What is known of a place as the page shows it: entry, telephone, how to find and reach it."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens_routes.output.html.markup import SPACE, Markup, element
from lens_routes.output.shared.map_links import apple, geo_uri, google, openstreetmap
from lens_routes.output.shared.safe_text import line
from lens_routes.output.shared.website import is_address
from lens_routes.text import wording
from lens_routes.text.language import in_use, text_in, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens_routes.catalogue.picture import Picture
    from lens_routes.catalogue.place import Place


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the plan.

    Attributes
    ----------
    places, pictures
        Those of the catalogue, by the id of the place.
    tight
        The ids of the places at which little time in hand runs out.
    """

    places: Mapping[str, Place]
    pictures: Mapping[str, Picture]
    tight: frozenset[str]


def figure(name: str, picture: Picture | None) -> Markup:
    """Return a picture of what is called so with its credit; nothing where there is none."""
    if picture is None:
        return Markup()
    image = element(
        "img",
        src=f"data:image/jpeg;base64,{base64.b64encode(picture.data).decode()}",
        alt=tr("Picture: {place}", place=name),
        width=str(picture.width),
        height=str(picture.height),
        loading="lazy",
        decoding="async",
    )
    return element("figure", image, element("figcaption", picture.credit, dir="auto"))


def found(name: str, lon: float, lat: float, place: Place | None, told: str = "") -> Markup:
    """Return how a place is found and reached, folded."""
    known = [*_contact(place)] if place else []
    known.append(element("dt", tr("Open in a map")))
    maps = [_link(geo_uri(lon, lat), tr("On this phone"))]
    maps += [
        _outside(address, words)
        for address, words in (
            (openstreetmap(lon, lat), "OpenStreetMap"),
            (apple(lon, lat, line(text_in(name, in_use()))), "Apple"),
            (google(lon, lat), "Google"),
        )
    ]
    known.append(element("dd", Markup(" ".join(maps)), class_="maps"))
    known.append(element("dt", tr("Position")))
    known.append(element("dd", f"{lat:.5f}, {lon:.5f}"))
    # Many a "More" is on the page: who cannot see beside which hears of whom.
    summary = element("summary", tr("More"), SPACE, element("span", name, class_="unseen"))
    return element("details", summary, told, element("dl", *known), class_="more")


def _contact(place: Place) -> Iterator[Markup]:
    wheelchair = {"yes": tr("yes"), "limited": tr("limited"), "no": tr("no")}
    for name, value in (
        (tr("Address"), element("bdi", place.address) if place.address else ""),
        (tr("Website"), _website(place.website)),
        (tr("Booking"), _reached(place.booking)),
        (tr("Wheelchair"), wheelchair.get(place.wheelchair, "")),
        (tr("Facts of"), wording.part_of_date(place.source_date) if place.source_date else ""),
    ):
        if value:
            yield element("dt", name)
            yield element("dd", value)


def entry(place: Place) -> str:
    """Return what entry costs, empty where nobody knows."""
    return {"free": tr("free entry"), "paid": _price(place)}.get(place.fee, "")


def _price(place: Place) -> str:
    if not place.price_eur:
        return tr("paid")
    price = wording.price(place.price_eur, place.currency)
    if place.price_reduced_eur is None:
        return price
    reduced = wording.price(place.price_reduced_eur, place.currency)
    return tr("{price}, reduced {reduced}", price=price, reduced=reduced)


def _reached(booking: str) -> str:
    return _website(booking) if "://" in booking else phone(booking)


def phone(number: str) -> str:
    """Return a number as a telephone dials it; its words alone where there is none in it."""
    dialled = re.sub(r"[^\d+]", "", number)
    return _link(f"tel:{dialled}", number) if dialled else number


def _website(address: str) -> str:
    """Return a link to a website; its words alone where it is no address of the web."""
    if not is_address(address):
        return address
    shown = address.partition("//")[2].removeprefix("www.").rstrip("/")
    return _outside(address, shown)


def _link(target: str, words: str) -> Markup:
    return element("a", words, href=target)


def _outside(address: str, words: str) -> Markup:
    return element("a", words, href=address, target="_blank", rel="noopener noreferrer")
