"""Whether the fields of a place agree with each other, and with those of other places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.file import rules
from lens_routes.catalogue.file.faults import nearest, shown
from lens_routes.catalogue.file.fields import FIELDS
from lens_routes.text.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens_routes.catalogue.file.faults import Faults

#: Fields of which the first is never more than the second, and what is wrong where it is.
_IN_ORDER = (
    (
        "visit_minutes_min",
        "visit_minutes",
        marked("The shortest visit, {value} minutes, is longer than the preferred one."),
    ),
    (
        "price_reduced_eur",
        "price_eur",
        marked("The reduced price, {value}, is more than the price."),
    ),
    (
        "source_date",
        "checked",
        marked("The evidence is of {value}, after the day it was checked."),
    ),
)


def check_order(label: str, properties: Mapping[str, Any], faults: Faults) -> None:
    """Note a field that is more than another which it is a part of, or later."""
    for least, most, problem in _IN_ORDER:
        low, high = properties.get(least), properties.get(most)
        if _says_nothing(least, low) or _says_nothing(most, high):
            continue
        # Of dates, a year or a month is as early as its first day.
        if low > high:  # type: ignore[operator]  # their rules make them comparable
            remedy = tr("Write at most {field}.", field=most)
            faults.error(label, f"properties.{least}", tr(problem, value=shown(low)), remedy)


def _says_nothing(field: str, value: object) -> bool:
    return value in (None, "") or FIELDS[field].rule(value) is not None


def check_entry(label: str, properties: Mapping[str, Any], faults: Faults) -> None:
    """Note prices that say half, or too much, and appointments that nobody can make."""
    price = properties.get("price_eur")
    if properties.get("fee") == "free" and rules.price(price) is None and price:
        problem = tr("Entry is free, and has a price.")
        faults.warning(label, "properties.price_eur", problem, tr('Write "fee": "paid".'))
    if price is None and rules.price(properties.get("price_reduced_eur")) is None:
        problem = tr("There is a reduced price, and no price.")
        remedy = tr("Write what an adult pays as price_eur.")
        faults.warning(label, "properties.price_reduced_eur", problem, remedy)
    called = properties.get("booking") or properties.get("phone")
    if properties.get("by_appointment") is True and not called:
        problem = tr("Nothing says with whom an appointment is made.")
        remedy = tr("Write a telephone number or a web address as booking.")
        faults.warning(label, "properties.by_appointment", problem, remedy)


def check_parts(places: Mapping[str, Mapping[str, Any]], faults: Faults) -> None:
    """Note parts that are stops by themselves, and ids of parts that are no places.

    Parameters
    ----------
    places
        The properties of each place, by its id.
    """
    for identity, properties in places.items():
        parts = properties.get("parts")
        for index, part in enumerate(parts if isinstance(parts, list) else ()):
            if isinstance(part, str):
                _check_part(identity, f"properties.parts[{index}]", part, places, faults)


def _check_part(
    owner: str, where: str, part: str, places: Mapping[str, Mapping[str, Any]], faults: Faults
) -> None:
    if part == owner:
        faults.error(owner, where, tr("It is named as a part of itself."), tr("Leave it out."))
    elif part in places:
        if places[part].get("tourable") is not False:
            problem = tr("{value} is a stop by itself.", value=shown(part))
            remedy = tr('Write "tourable": false there, or do not call it a part.')
            faults.error(owner, where, problem, remedy)
    elif "-" in part and rules.kebab(part) is None and (guess := nearest(part, list(places))):
        problem = tr("{value} is not the id of a place of this file.", value=shown(part))
        faults.warning(owner, where, problem, tr('Write "{guess}"?', guess=guess))
