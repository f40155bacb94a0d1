"""What the tours of a batch are sifted by: themes, ways of moving, time, length, language."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens_routes.output.html.markup import Markup, element
from lens_routes.text.language import in_use, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    #: The values of a card by what they are of, each with its words.
    Values = Mapping[str, Mapping[str, str]]

#: Where one band ends and the next begins: hours of the longest day, kilometres.
_HOURS = (0, 3, 5, 7)
_KILOMETRES = (0, 5, 10, 20, 50)
_MODES = ("walk", "bike", "car", "ride")


def values(editions: Sequence[Mapping[str, Any]]) -> Values:
    """Return what a card is sifted by, from the summaries of a tour in each language."""
    known = editions[0]
    themes = [theme[in_use()] for theme in known.get("themes", ())]
    modes = [mode for mode in _MODES if mode in known.get("modes", ())]
    return {
        "theme": {theme: theme for theme in themes},
        "mode": {mode: _mode(mode) for mode in modes},
        "time": dict(_time(known)),
        "length": dict(_band(known.get("length_m", -1) / 1000, _KILOMETRES, "km")),
        "language": {one["language"]: spoken(one["language"]) for one in editions},
    }


def filters(cards: Sequence[Values]) -> Markup:
    """Return buttons for whatever the cards differ in."""
    names = {
        "theme": tr("Themes"),
        "mode": tr("By"),
        "time": tr("How long"),
        "length": tr("How far"),
        "language": tr("Language"),
    }
    groups = []
    for kind, name in names.items():
        there = {value: words for card in cards for value, words in card[kind].items()}
        groups.append(_chips(kind, name, dict(sorted(there.items(), key=_rank))))
    return element("div", *groups, class_="filters") if any(groups) else Markup()


def _rank(value: tuple[str, str]) -> int:
    """Return where a value stands among its like; themes stand as they come."""
    if value[0] in _MODES:
        return _MODES.index(value[0])
    return int(value[0]) if value[0].isdecimal() else max(_HOURS) + 1


def _chips(kind: str, name: str, there: Mapping[str, str]) -> Markup:
    if len(there) < 2:
        return Markup()
    return element(
        "div",
        element("span", name, id=f"by-{kind}"),
        *(
            element("button", words, type="button", aria_pressed="false", data_value=value)
            for value, words in there.items()
        ),
        role="group",
        aria_labelledby=f"by-{kind}",
        class_="chips",
        data_kind=kind,
    )


def _time(known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if len(known["days"]) > 1:
        yield "several", tr("several days")
    else:
        yield from _band(known.get("longest_s", -1) / 3600, _HOURS, "h")


def _band(value: float, ends: Sequence[int], unit: str) -> Iterator[tuple[str, str]]:
    """Yield the band a value is in, with its words; nothing of a value that is not known."""
    for low, high in pairwise(ends):
        if low <= value < high:
            words = tr("{low} to {high} {unit}", low=low, high=high, unit=unit)
            yield str(low), words if low else tr("up to {high} {unit}", high=high, unit=unit)
    if value >= ends[-1]:
        yield str(ends[-1]), tr("over {low} {unit}", low=ends[-1], unit=unit)


def _mode(mode: str) -> str:
    return {
        "walk": tr("On foot"),
        "bike": tr("By bike"),
        "car": tr("By car"),
    }.get(mode, tr("By train or bus"))


def spoken(language: str) -> str:
    """Return which language a tour is told in."""
    return {"en": tr("In English"), "fr": tr("In French")}[language]
