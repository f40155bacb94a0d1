"""From an address to one point: which service to ask, which answer to believe."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lens_routes.catalogue.file.faults import quoted
from lens_routes.errors import AmbiguousPlaceError, NetworkError, PlaceNotFoundError
from lens_routes.files import territory
from lens_routes.geo import distance_m
from lens_routes.geocode import services
from lens_routes.geocode.area import Area
from lens_routes.geocode.kept import KeptAnswers
from lens_routes.plan.waypoint import Waypoint
from lens_routes.text.language import joined, tr
from lens_routes.text.wording import distance
from lens_routes.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.geocode.services import Answer, Service

#: The State's geocoder; geopy's default, api-adresse.data.gouv.fr, was to close in January 2026.
BAN_URL = "https://data.geopf.fr/geocodage"
NOMINATIM_URL = "https://nominatim.openstreetmap.org"
_BAN_VARIABLE, _NOMINATIM_VARIABLE = "LENS_ROUTES_BAN_URL", "LENS_ROUTES_NOMINATIM_URL"

#: Answers whose scores differ by less, and that lie farther apart, are equally good.
_SAME_SCORE, _SAME_SPOT_M = 0.05, 300.0


@dataclass(frozen=True)
class Geocoder:
    """The services that turn addresses into points, asked one after the other.

    Parameters
    ----------
    area
        The catalogue's: answers near it come first, those far from it are dropped, and outside
        France the Base Adresse Nationale is not asked.
    ban_url, nominatim_url
        Where the services are.
    timeout_s
        How long to wait for each, seconds.
    pause_s
        The shortest time between two questions to Nominatim, whose usage policy asks for one
        second: https://operations.osmfoundation.org/policies/nominatim/
    cache
        The file that keeps the answers; None means ``geocode.json`` in the data directory.
    """

    area: Area
    ban_url: str = BAN_URL
    nominatim_url: str = NOMINATIM_URL
    timeout_s: float = 5.0
    pause_s: float = 1.0
    cache: Path | None = None

    @classmethod
    def for_area(cls, catalogue: Catalogue) -> Geocoder:
        """Return the geocoder for a catalogue's area, at the servers the environment names.

        LENS_ROUTES_BAN_URL and LENS_ROUTES_NOMINATIM_URL replace the public servers.
        """
        return cls(
            Area.of(catalogue),
            ban_url=os.environ.get(_BAN_VARIABLE) or BAN_URL,
            nominatim_url=os.environ.get(_NOMINATIM_VARIABLE) or NOMINATIM_URL,
        )

    def locate(self, address: str) -> Waypoint:
        """Return where *address* is, as a person writes it.

        Raises
        ------
        PlaceNotFoundError
            No service knows the address, or only far from the catalogue.
        AmbiguousPlaceError
            Several answers are equally good and far apart; the message lists them.
        NetworkError
            A service that might know did not answer.
        """
        kept = KeptAnswers(self.cache or territory.folder() / "geocode.json")
        middle = self.area.middle
        key = f"{fold(address)} @ {middle.lat:.1f},{middle.lon:.1f}"
        if known := kept.get(key):
            return known
        answer = self._ask(address)
        found = Waypoint(answer.name, answer.point.lon, answer.point.lat)
        kept.add(key, found, answer.source)
        return found

    def _ask(self, address: str) -> Answer:
        failures: list[str] = []
        far: list[Answer] = []
        for ask in self._services:
            try:
                answers = ask(address)
            except NetworkError as error:
                failures.append(error.message)
                continue
            near = [answer for answer in answers if self.area.is_near(answer.point)]
            if near:
                return _best(address, near)
            far += answers
        if failures:
            hint = tr(
                "Check the connection, or try again in a minute. {instead}", instead=_instead()
            )
            raise NetworkError(joined(" ", failures), hint)
        raise self._not_found(address, far)

    @cached_property
    def _services(self) -> Sequence[Service]:
        nominatim = services.Server(self.nominatim_url, _NOMINATIM_VARIABLE, self.timeout_s)
        world = services.nominatim(nominatim, self.area, self.pause_s)
        if self.area.country not in ("", "FR"):
            return [world]
        ban = services.Server(self.ban_url, _BAN_VARIABLE, self.timeout_s)
        return [services.ban(ban, self.area), world]

    def _not_found(self, address: str, far: Sequence[Answer]) -> PlaceNotFoundError:
        if not far:
            return PlaceNotFoundError(
                tr("No place and no address is called “{address}”.", address=quoted(address)),
                tr("Write street, number and town. {instead}", instead=_instead()),
            )
        answer = min(far, key=lambda answer: self.area.nearest(answer.point)[1])
        away_m = self.area.nearest(answer.point)[1]
        return PlaceNotFoundError(
            tr(
                "“{address}” is known only as {name}, {distance} from the nearest place of the"
                " catalogue.",
                address=quoted(address),
                name=answer.name,
                distance=distance(away_m),
            ),
            tr("Add the town. {instead}", instead=_instead()),
        )


def town(name: str) -> Waypoint:
    """Return where on earth a town is, the most important of its name.

    Raises
    ------
    PlaceNotFoundError
        Nobody knows it.
    NetworkError
        The service does not answer.
    """
    url = os.environ.get(_NOMINATIM_VARIABLE) or NOMINATIM_URL
    server = services.Server(url, _NOMINATIM_VARIABLE, Geocoder.timeout_s)
    answers = services.nominatim(server, None, Geocoder.pause_s)(name)
    if not answers:
        raise PlaceNotFoundError(
            tr("No town is called “{name}”.", name=quoted(name)), tr("Add its country.")
        )
    best = max(answers, key=lambda answer: answer.score)
    return Waypoint(best.name, best.point.lon, best.point.lat)


def _best(address: str, answers: Iterable[Answer]) -> Answer:
    """Return the answer to believe, if one is better than those elsewhere."""
    best, *others = sorted(answers, key=lambda answer: -answer.score)
    rivals = [
        other
        for other in others
        if best.score - other.score < _SAME_SCORE
        and other.name != best.name
        and distance_m(best.point, other.point) > _SAME_SPOT_M
    ]
    if not rivals:
        return best
    listed = "; ".join(
        f"{answer.name} ({answer.point.lat:.5f},{answer.point.lon:.5f})"
        for answer in (best, *rivals[:4])
    )
    raise AmbiguousPlaceError(
        tr("“{address}” may be: {listed}.", address=quoted(address), listed=listed),
        tr("Add the town or its postcode, or give the coordinates in brackets."),
        address,
        [
            {"name": answer.name, "id": f"{answer.point.lat:.5f},{answer.point.lon:.5f}"}
            for answer in (best, *rivals[:4])
        ],
    )


def _instead() -> str:
    return tr("Give a place of the catalogue or coordinates (lat,lon) instead.")
