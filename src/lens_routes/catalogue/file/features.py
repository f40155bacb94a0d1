"""Whether each feature of a catalogue is a place: its id, its properties, its twins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens_routes.catalogue.file import rules
from lens_routes.catalogue.file.agreement import check_entry, check_order
from lens_routes.catalogue.file.faults import nearest, printable, shown
from lens_routes.catalogue.file.fields import FIELDS
from lens_routes.geo import distance_m
from lens_routes.text.language import tr
from lens_routes.text.words import fold, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens_routes.catalogue.file.faults import Faults
    from lens_routes.geo import Point

    #: What to call a feature in a fault, and the feature.
    Labelled = tuple[str, Mapping[str, Any]]

#: Two entries of one name nearer than this are taken for one place entered twice.
_SAME_PLACE_M = 50.0
_KNOWN = tuple(FIELDS)


def properties_of(feature: object) -> Mapping[str, Any]:
    """Return the feature's properties, empty if it has none that can be read."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties if isinstance(properties, dict) else {}


def identity_of(feature: object) -> object:
    """Return the feature's id, taken from its properties if it has none of its own."""
    own = feature.get("id") if isinstance(feature, dict) else None
    return properties_of(feature).get("id") if own is None else own


def label_of(index: int, feature: object) -> str:
    """Return what to call a feature: its id if that is usable, else its number from 1."""
    identity = identity_of(feature)
    usable = isinstance(identity, str) and rules.kebab(identity) is None
    return str(identity) if usable else f"#{index + 1}"


def check_ids(features: Sequence[Labelled], faults: Faults) -> dict[str, int]:
    """Note missing, wrong and repeated ids; return the index of the first feature of each id."""
    first: dict[str, int] = {}
    for index, (label, feature) in enumerate(features):
        if not feature:
            continue
        identity = identity_of(feature)
        _check_id(label, feature, faults)
        if isinstance(identity, str) and first.setdefault(identity, index) != index:
            faults.error(
                label,
                "id",
                tr(
                    "Feature #{second} has the same id as feature #{first}.",
                    second=index + 1,
                    first=first[identity] + 1,
                ),
                tr("Give each place an id of its own."),
            )
    return first


def _check_id(label: str, feature: Mapping[str, Any], faults: Faults) -> None:
    properties = properties_of(feature)
    own, inner = feature.get("id"), properties.get("id")
    if own is None and inner is None:
        name = properties.get("name")
        example = (slug(name) if isinstance(name, str) else "") or "gare-de-lens"
        faults.error(
            label,
            "id",
            tr("The feature has no id."),
            tr('Write "id": "{example}" beside "type".', example=example),
        )
    elif own is None:
        faults.warning(
            label,
            "properties.id",
            tr("The id stands among the properties."),
            tr('Write it beside "type", where GeoJSON expects it.'),
        )
    elif inner is not None and not (isinstance(inner, str) and inner == own):
        faults.error(
            label,
            "properties.id",
            tr("{value} contradicts the feature's id.", value=shown(inner)),
            tr("Delete it, or write the same id."),
        )
    identity = identity_of(feature)
    if identity is not None and (objection := rules.kebab(identity)):
        faults.error(label, "id" if own is not None else "properties.id", *objection)


def check_feature(
    label: str, feature: Mapping[str, Any], themes: Sequence[str], faults: Faults
) -> None:
    """Note the faults of one feature's type and properties.

    Parameters
    ----------
    label, feature
        What to call the feature, and the feature; empty if it is no JSON object.
    themes
        Ids of the themes the catalogue declares; empty if it declares none and any will do.
    """
    if not feature:
        remedy = tr('Write {"type": "Feature", "id": …, "geometry": …, "properties": …}.')
        faults.error(label, "", tr("This is not a feature."), remedy)
        return
    kind, properties = feature.get("type"), feature.get("properties")
    if kind != "Feature":
        problem = tr("{value} stands where Feature is due.", value=shown(kind))
        faults.error(label, "type", problem, tr('Write "Feature".'))
    for key in feature:
        if key in _KNOWN:
            problem = tr("The field stands beside the properties, where it is not read.")
            faults.error(label, key, problem, tr('Move it into "properties".'))
    if not isinstance(properties, dict):
        remedy = tr('Write {"name": …, "themes": […], …}.')
        faults.error(
            label, "properties", tr("{value} is not an object.", value=shown(properties)), remedy
        )
        return
    if properties.get("name") is None:
        remedy = tr("Write the name people know it by.")
        faults.error(label, "properties.name", tr("The place has no name."), remedy)
    for key, value in properties.items():
        _check_property(label, key, value, faults)
    _check_themes(label, properties.get("themes"), themes, faults)
    check_order(label, properties, faults)
    check_entry(label, properties, faults)


def _check_property(label: str, key: str, value: object, faults: Faults) -> None:
    field = FIELDS.get(key)
    objection = None
    if field is not None:
        absent = value is None or (value == "" and key != "name")
        objection = None if absent else field.rule(value)
    elif isinstance(value, float):
        objection = rules.number(value)
    if objection:
        faults.error(label, f"properties.{printable(key)}", *objection)
    elif field is None and (guess := _mistyped(key)):
        problem = tr("No such field is known; it is not read.")
        faults.warning(
            label, f"properties.{printable(key)}", problem, tr('Write "{guess}"?', guess=guess)
        )


def _mistyped(key: str) -> str:
    """Return the field *key* is a slip of; ``opening_hours_source`` and the like are meant."""
    meant = key == "id" or key.startswith(tuple(f"{name}_" for name in _KNOWN))
    return "" if meant else nearest(key, _KNOWN)


def _check_themes(label: str, value: object, known: Sequence[str], faults: Faults) -> None:
    if value is None:
        return
    if not isinstance(value, list):
        remedy = tr('Write a list such as ["nature", "memory"].')
        faults.error(
            label, "properties.themes", tr("{value} is not a list.", value=shown(value)), remedy
        )
        return
    for index, theme in enumerate(value):
        where = f"properties.themes[{index}]"
        if known and isinstance(theme, str) and theme not in known:
            guess = nearest(theme.lower(), known)
            remedy = (
                tr('Write "{guess}".', guess=guess)
                if guess
                else tr("Write one of {themes}.", themes=", ".join(map(printable, known)))
            )
            faults.error(
                label,
                where,
                tr("{value} is not a theme of this catalogue.", value=shown(theme)),
                remedy,
            )
        elif objection := rules.kebab(theme):
            faults.error(label, where, *objection)
        elif theme in value[:index]:
            faults.warning(
                label, where, tr("{value} is named twice.", value=shown(theme)), tr("Name it once.")
            )


def warn_of_rare_themes(features: Sequence[Labelled], faults: Faults) -> None:
    """Point at a theme borne once that looks like a slip of another, where none are declared."""
    bearers: dict[str, list[str]] = {}
    for label, feature in features:
        themes = properties_of(feature).get("themes")
        for theme in themes if isinstance(themes, list) else ():
            if isinstance(theme, str):
                bearers.setdefault(theme, []).append(label)
    common = [theme for theme, labels in bearers.items() if len(labels) > 1]
    for theme, labels in bearers.items():
        if len(labels) == 1 and (guess := nearest(theme, common)):
            problem = tr("No other place bears the theme {value}.", value=shown(theme))
            faults.warning(
                labels[0], "properties.themes", problem, tr('Write "{guess}"?', guess=guess)
            )


def warn_of_twins(
    features: Sequence[Labelled], points: Mapping[int, Point], faults: Faults
) -> None:
    """Point at a place that seems to be entered twice: the same name at the same spot."""
    named: dict[str, list[int]] = {}
    for index, point in points.items():
        label, feature = features[index]
        name = properties_of(feature).get("name")
        folded = fold(name) if isinstance(name, str) else ""
        for other in named.get(folded, ()) if folded else ():
            if distance_m(point, points[other]) < _SAME_PLACE_M:
                problem = tr(
                    "{place} has the same name and lies within 50 m.",
                    place=features[other][0],
                )
                remedy = tr("Keep one of the two, or name them apart.")
                faults.warning(label, "properties.name", problem, remedy)
                break
        named.setdefault(folded, []).append(index)
