"""Ask a geocoding service through geopy: an address out, its answers in, or a NetworkError."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes import __version__
from lens_routes.catalogue.file.faults import quoted
from lens_routes.errors import NetworkError, UsageError
from lens_routes.geo import Point
from lens_routes.net.address import public, spelled
from lens_routes.text.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens_routes.geocode.area import Area

    Service = Callable[[str], list["Answer"]]

#: Below this score, of 1 at most, the Base Adresse Nationale is guessing.
_BAN_SURE = 0.5
_LIMIT = 10
#: What a server's nonsense makes geopy raise while it reads the answer.
NONSENSE = (LookupError, TypeError, ValueError, AttributeError, RecursionError)


class Answer(NamedTuple):
    """What a service takes an address for; scores compare within one service only."""

    name: str
    point: Point
    score: float
    source: str


class Server(NamedTuple):
    """Where a service is: its URL, the variable that changes it, and how long to wait, seconds."""

    url: str
    variable: str
    timeout_s: float


def ban(server: Server, area: Area) -> Service:
    """Return the geocoder of the Base Adresse Nationale (France), answers near *area* first."""
    from geopy.geocoders import BANFrance  # noqa: PLC0415  # 240 ms, for addresses only

    middle = area.middle

    class NearBAN(BANFrance):  # type: ignore[misc]  # geopy is not annotated
        """The service with the geographic priority geopy has no option for."""

        def _call_geocoder(self, url: str, *args: Any, **options: Any) -> Any:
            bias = f"&lat={middle.lat:.4f}&lon={middle.lon:.4f}"
            return super()._call_geocoder(url + bias, *args, **options)

    service = NearBAN(**_options(server))

    def ask(address: str) -> list[Answer]:
        options = {"exactly_one": False, "limit": _LIMIT}
        answers = _asked("The Base Adresse Nationale", service.geocode, address, options)
        return [answer for answer in answers if answer.score >= _BAN_SURE]

    return ask


def nominatim(server: Server, area: Area | None, pause_s: float) -> Service:
    """Return Nominatim (the world), answers in *area* first, asked every *pause_s* at most."""
    from geopy.extra.rate_limiter import RateLimiter  # noqa: PLC0415  # as above
    from geopy.geocoders import Nominatim  # noqa: PLC0415

    service = RateLimiter(
        Nominatim(**_options(server)).geocode,
        min_delay_seconds=pause_s,
        max_retries=0,
        swallow_exceptions=False,
    )
    options: dict[str, Any] = {"exactly_one": False, "limit": _LIMIT}
    if area is not None:
        options["viewbox"] = [(corner.lat, corner.lon) for corner in area.corners]

    def ask(address: str) -> list[Answer]:
        return _asked("Nominatim", service, address, options)

    return ask


def _options(server: Server) -> dict[str, Any]:
    """Return geopy's options for a server."""
    from lens_routes.geocode.adapter import BoundedAdapter  # noqa: PLC0415  # as above

    url = spelled(server.url)
    scheme, _, domain = url.partition("://")
    sound = url == server.url and domain.strip("/") and domain.isprintable()
    if scheme not in ("http", "https") or not sound:
        raise UsageError(
            tr("“{url}” is not the address of a server.", url=quoted(public(url))),
            tr(
                "Set {variable} to something like https://example.org, or unset it.",
                variable=server.variable,
            ),
        )
    return {
        "scheme": scheme,
        "domain": domain,
        "timeout": server.timeout_s,
        "user_agent": f"lens-routes/{__version__}",
        "adapter_factory": BoundedAdapter,
    }


def _asked(
    service: str, ask: Callable[..., Any], address: str, options: dict[str, Any]
) -> list[Answer]:
    """Ask a service and read its answers; every way this can fail is a NetworkError."""
    from geopy import exc  # noqa: PLC0415  # as above

    try:
        return [_answer(service, location) for location in ask(address, **options) or []]
    except exc.GeocoderQueryError:
        return []  # the service can make nothing of the words: it does not know the address
    except exc.GeocoderTimedOut as error:
        raise NetworkError(tr("{service} took too long to answer.", service=service)) from error
    except exc.GeocoderRateLimited as error:
        raise NetworkError(
            tr("{service} is asked too often (HTTP 429).", service=service)
        ) from error
    except exc.GeocoderParseError as error:
        raise NetworkError(
            tr("{service} answered something that is not JSON.", service=service)
        ) from error
    except exc.GeopyError as error:
        raise NetworkError(
            tr(
                "{service} cannot be asked: {reason}.",
                service=service,
                reason=quoted(public(str(error))),
            )
        ) from error
    except NONSENSE as error:
        raise NetworkError(tr("{service} answered something unusable.", service=service)) from error


def _answer(service: str, location: Any) -> Answer:
    raw = location.raw
    score = float(raw["properties"]["score"] if "properties" in raw else raw.get("importance", 0))
    point = Point(float(location.longitude), float(location.latitude))
    if not (abs(point.lon) <= 180 and abs(point.lat) <= 90 and abs(score) < 1e6):
        raise ValueError(point)
    return Answer(quoted(str(location.address)), point, score, service)
