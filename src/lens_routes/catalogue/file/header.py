"""What a catalogue says of itself: the foreign member ``lens_routes`` of its collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lens_routes.catalogue.catalogue import DEFAULT_CURRENCY, DEFAULT_TIMEZONE, Term
from lens_routes.catalogue.file import rules
from lens_routes.catalogue.file.faults import nearest, printable, shown
from lens_routes.catalogue.file.zones import zone_city
from lens_routes.geo import distance_m, is_timezone
from lens_routes.text import wording
from lens_routes.text.language import tr
from lens_routes.text.wording import distance

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lens_routes.catalogue.file.faults import Faults
    from lens_routes.geo import Point

MEMBER = "lens_routes"
#: Metropolitan France lies within this of Paris.
_HOME_RADIUS_M = 1_500_000.0
_TEXTS = ("title", "school_holidays_zone", "attribution", "licence")
_SAID = ("title", "attribution", "licence")
_PLACES = ("default_start", "default_end")
_TERMS = ("themes", "kinds")
_NAMES = (*_TEXTS, *_PLACES, "timezone", "country", "region", "currency", *_TERMS)


class Header(NamedTuple):
    """The defaults of a catalogue; the fields are those of `Catalogue`."""

    title: str = ""
    timezone: str = DEFAULT_TIMEZONE
    country: str = ""
    region: str = ""
    currency: str = DEFAULT_CURRENCY
    school_holidays_zone: str = ""
    default_start: str | None = None
    default_end: str | None = None
    themes: tuple[Term, ...] = ()
    kinds: tuple[Term, ...] = ()
    attribution: str = ""
    licence: str = ""


def read_header(member: object) -> Header:
    """Return what the member says as far as it is sound; `check_header` names the rest."""
    if not isinstance(member, dict):
        return Header()
    given: dict[str, Any] = {
        key: member[key]
        for key in (*_TEXTS, *_PLACES)
        if isinstance(member.get(key), str) and member[key]
    }
    # Those of the shipped catalogue are said in every language; others stay as they are written.
    given |= {key: tr(given[key]) for key in _SAID if key in given}
    if is_timezone(member.get("timezone")):
        given["timezone"] = member["timezone"]
    if _is_country(member.get("country")):
        given["country"] = member["country"]
        if _is_region(member.get("region"), member["country"]):
            given["region"] = member["region"]
    if rules.currency(member.get("currency")) is None:
        given["currency"] = member["currency"]
    given |= {key: _terms(member[key]) for key in _TERMS if isinstance(member.get(key), dict)}
    return Header(**given)


def check_header(member: object, ids: Collection[str], faults: Faults) -> None:
    """Note every fault of the member; *ids* are those of the places."""
    if member is None:
        return
    if not isinstance(member, dict):
        faults.error(
            "",
            MEMBER,
            tr("{value} is not an object.", value=shown(member)),
            tr('Write {"title": …, "timezone": …, "themes": …}.'),
        )
        return
    for key in _TEXTS:
        if member.get(key) is not None and (objection := rules.line(member[key])):
            faults.error("", f"{MEMBER}.{key}", *objection)
    _check_codes(member, faults)
    for key in _PLACES:
        _check_place(f"{MEMBER}.{key}", member.get(key), ids, faults)
    for key in _TERMS:
        _check_terms(key, member.get(key), faults)
    for key in member:
        if key not in _NAMES and (guess := nearest(key, _NAMES)):
            faults.warning(
                "",
                f"{MEMBER}.{printable(key)}",
                tr("No such field is known; it is not read."),
                tr('Write "{guess}"?', guess=guess),
            )


def _check_codes(member: Mapping[str, Any], faults: Faults) -> None:
    if member.get("timezone") is not None and not is_timezone(member["timezone"]):
        faults.error(
            "",
            f"{MEMBER}.timezone",
            tr("{value} is not a time zone.", value=shown(member["timezone"])),
            tr('Write a name of the IANA database, such as "Europe/Paris".'),
        )
    if member.get("country") not in (None, "") and not _is_country(member["country"]):
        faults.error(
            "",
            f"{MEMBER}.country",
            tr("{value} is not a country code.", value=shown(member["country"])),
            tr('Write two capitals (ISO 3166-1), such as "FR".'),
        )
    if member.get("region") and not _is_region(member["region"], member.get("country")):
        faults.error(
            "",
            f"{MEMBER}.region",
            tr("{value} is not a region of the country.", value=shown(member["region"])),
            tr('Write its ISO 3166-2 code after the country, such as "FR-62".'),
        )
    if member.get("currency") is not None and (objection := rules.currency(member["currency"])):
        faults.error("", f"{MEMBER}.currency", *objection)


def check_timezone_stated(member: object, points: Mapping[int, Point], faults: Faults) -> None:
    """Note that a catalogue names no time zone: a doubt near the default, an error far from it."""
    if isinstance(member, dict) and member.get("timezone") is not None:
        return
    field, remedy = f"{MEMBER}.timezone", tr('Write "lens_routes": {"timezone": "Area/City"}.')
    city = zone_city(DEFAULT_TIMEZONE)
    away_m = min((distance_m(point, city) for point in points.values()), default=0) if city else 0
    if away_m > _HOME_RADIUS_M:
        faults.error(
            "",
            field,
            tr(
                "No time zone is named, and the places are {distance} from that of {timezone}.",
                distance=distance(away_m),
                timezone=DEFAULT_TIMEZONE,
            ),
            remedy,
        )
    else:
        faults.warning(
            "",
            field,
            tr(
                "No time zone is named; {timezone} is assumed.",
                timezone=DEFAULT_TIMEZONE,
            ),
            remedy,
        )


def _check_place(field: str, value: object, ids: Collection[str], faults: Faults) -> None:
    if value in (None, "") or (isinstance(value, str) and value in ids):
        return
    guess = nearest(value, ids) if isinstance(value, str) else ""
    faults.error(
        "",
        field,
        tr("{value} is not the id of a place of this file.", value=shown(value)),
        tr('Write "{guess}"?', guess=guess)
        if guess
        else tr("Write the id of a place, or leave it out."),
    )


def _check_terms(name: str, terms: object, faults: Faults) -> None:
    field, remedy = f"{MEMBER}.{name}", tr('Write {"nature": {"fr": "Nature", "en": "Nature"}}.')
    if terms is None:
        return
    if not isinstance(terms, dict):
        faults.error("", field, tr("{value} is not an object.", value=shown(terms)), remedy)
        return
    for key, labels in terms.items():
        where = f"{field}.{printable(key)}"
        # A kind is any word, as the places have it.
        if objection := (rules.kebab if name == "themes" else rules.line)(key):
            faults.error("", where, *objection)
        if not isinstance(labels, dict):
            faults.error("", where, tr("{value} is not an object.", value=shown(labels)), remedy)
            continue
        for language in ("fr", "en"):
            label = labels.get(language)
            if label is not None and (objection := rules.line(label)):
                faults.error("", f"{where}.{language}", *objection)


def _terms(terms: Mapping[str, Any]) -> tuple[Term, ...]:
    return tuple(term(key, labels) for key, labels in terms.items())


def term(identity: str, labels: object = None) -> Term:
    """Return the theme or kind of an id, itself the label of a language that has none."""
    plain = wording.id_words(identity)
    plain = plain[:1].upper() + plain[1:]
    fr, en = (
        label if isinstance(labels, dict) and isinstance(label := labels.get(key), str) else ""
        for key in ("fr", "en")
    )
    return Term(identity, fr=fr or en or plain, en=en or fr or plain)


def _is_country(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper()


def _is_region(value: object, country: object) -> bool:
    """Tell whether a value is of the form of ISO 3166-2: the country, a dash, one to three."""
    if not isinstance(value, str) or not isinstance(country, str):
        return False
    part = value.removeprefix(f"{country}-")
    return part != value and 1 <= len(part) <= 3 and part.isascii() and part.isalnum()
