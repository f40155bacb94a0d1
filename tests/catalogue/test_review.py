"""What deserves a look: old hours, twins, stray positions, texts that deny the hours."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens_routes.catalogue.check.contradictions import contradictions
from lens_routes.catalogue.check.review import Kind, parse_age, review
from lens_routes.catalogue.check.twins import Named, all_twins, likeness, twins_of
from lens_routes.catalogue.load import load
from lens_routes.errors import UsageError
from lens_routes.geo import Point, within_180

if TYPE_CHECKING:
    from lens_routes.catalogue.catalogue import Catalogue
    from lens_routes.catalogue.place import Place

TODAY = dt.date(2026, 11, 25)
YEAR = dt.timedelta(days=365)


def changed(catalogue: Catalogue, **fields: object) -> tuple[Place, Catalogue]:
    """Return the museum with other fields, and a catalogue that has it."""
    place = catalogue.places[0]._replace(**fields)
    return place, dataclasses.replace(catalogue, places=(place, *catalogue.places[1:]))


@pytest.mark.parametrize(
    ("text", "days"),
    [("1y", 365), ("2 years", 730), ("6mo", 183), ("3 mois", 91), ("90d", 90), ("2w", 14),
     ("1an", 365), ("10 jours", 10)],
)  # fmt: skip
def test_ages(text: str, days: int) -> None:
    """Lengths of time as people write them in either language."""
    assert parse_age(text, "--stale").days == days


@pytest.mark.parametrize("text", ["", "1", "y", "0d", "-1y", "soon", "99999y"])
def test_ages_that_are_none(text: str) -> None:
    """Anything else is refused, naming the option."""
    with pytest.raises(UsageError, match="--stale"):
        parse_age(text, "--stale")


@pytest.mark.parametrize(
    ("evidence", "read", "said"),
    [
        ("2025-11-25", TODAY, None),
        ("2025-11-24", TODAY, "are of 2025-11-24, read on 2026-11-25"),
        ("2025-12", TODAY, None),
        ("2025", TODAY, "are of 2025, read on"),
        ("2017-05", None, "are of May 2017."),
        (None, TODAY, "of an undated source, read on 2026-11-25"),
        (None, None, "never checked"),
    ],
)
def test_hours_whose_evidence_is_old(
    catalogue: Catalogue, evidence: str | None, read: dt.date | None, said: str | None
) -> None:
    """An old page is old evidence whenever it was read, and an undated one may be."""
    _, one = changed(catalogue, source_date=evidence, checked=read)
    found = [(finding.kind, finding.places) for finding in review(one, TODAY, YEAR)]
    assert found == [(Kind.STALE, ("louvre-lens",))] * (said is not None)
    assert all(str(said) in finding.message for finding in review(one, TODAY, YEAR))


def test_stray_positions(catalogue: Catalogue) -> None:
    """A place far from every street is told, off the map nothing is known."""
    away = {
        place.id: away_m
        for place, away_m in zip(catalogue.places, (10.0, 151.0, None), strict=False)
    }
    gaps = {place.point: away.get(place.id) for place in catalogue.places}
    _, fresh = changed(catalogue, checked=TODAY, source_date="2026-11")
    findings = review(fresh, TODAY, YEAR, gaps.get)
    assert [(f.kind, f.places) for f in findings] == [(Kind.OFF_STREET, ("parc-du-louvre-lens",))]


@pytest.mark.parametrize(
    ("first", "second", "away_m", "twins"),
    [
        ("Musée du Louvre-Lens", "Le Louvre-Lens, musée", 20, True),
        ("Musée du Louvre-Lens", "Parc du Louvre-Lens", 100, False),
        ("Église Saint-Léger", "Eglise St Leger", 900, True),
        ("Église Saint-Léger", "Église Saint-Léger", 1100, False),
        ("Terril 94", "Terril 93", 10, False),
        ("Fosse n° 2 d’Oignies", "Fosse 2 Oignies", 140, True),
        ("Gare de Lens", "Mairie de Lens", 50, False),
    ],
)
def test_twins(first: str, second: str, away_m: float, twins: bool) -> None:
    """Names alike and near are one place twice; another number is another place."""
    one = Named("a", (first,), Point(2.8, 50.4))
    other = Named("b", (second,), Point(2.8, 50.4 + away_m / 111_195))
    assert bool(twins_of(one, [one, other])) is twins
    assert likeness(one, other) == likeness(other, one)


@given(
    st.lists(
        st.builds(
            Named,
            st.uuids().map(str),
            st.lists(
                st.sampled_from(["Terril 1", "Terril 11", "Parc", "Le parc", "Parcs"]), max_size=2
            ).map(tuple),
            st.builds(
                Point,
                st.floats(179.98, 180.02).map(within_180),
                st.one_of(st.floats(50.0, 50.02), st.floats(89.98, 90.0)),
            ),
        ),
        max_size=8,
    )
)
def test_all_twins_are_those_of_each(places: list[Named]) -> None:
    """Looking only at names alike in cells nearby, also beyond 180 degrees, misses none."""
    each = [twins for n, one in enumerate(places) for twins in twins_of(one, places[n + 1 :])]
    assert list(all_twins(places)) == each


@pytest.mark.parametrize(
    ("text", "hours", "says"),
    [
        ("Closed on Mondays.", "Mo-Su 10:00-18:00", "closed on Monday"),
        ("Fermé le lundi et le mardi.", "Mo-Su 10:00-18:00", "closed on Tuesday"),
        ("Ouvert tous les jours sauf le mardi.", "We-Mo 10:00-18:00", None),
        ("Ouvert tous les jours sauf le mardi.", "Mo-Su 10:00-18:00", "closed on Tuesday"),
        ("Closed Mondays", "Tu-Su 10:00-18:00", None),
        ("Fermé les lundis", 'Mo 10:00-18:00 unknown "by appointment"', None),
        ("Fermé en janvier.", "Mo-Su 10:00-18:00", "closed in January"),
        ("Fermée en janvier et février.", "Mar-Dec 10:00-18:00", None),
        ("Closed; may reopen.", "Mo-Su 10:00-18:00", None),
        ("Open every day", "We-Mo 10:00-18:00", "hours close it on Tuesday"),
        ("Ouvert 7j/7", "Mo-Su 10:00-18:00", None),
        ("Visite sur rendez-vous.", "Mo-Su 10:00-18:00", "by appointment"),
        ("By appointment only", 'Mo 14:00-16:00 unknown "by appointment"', None),
        ("Un rendez-vous des beaux jours", "Mo-Su 10:00-18:00", None),
        ("Fermé définitivement", None, "closed for good"),
        ("Entrée libre.", None, "said to be free"),
        ("A museum of glass.", "Mo-Su 10:00-18:00", None),
    ],
)
def test_texts_that_deny_the_fields(
    catalogue: Catalogue, text: str, hours: str | None, says: str | None
) -> None:
    """What descriptions and notes say in either language is held against hours, status and fee."""
    for field in ("description_fr", "description_en", "notes"):
        others = dict.fromkeys(("description_fr", "description_en", "notes"), "")
        place, one = changed(
            catalogue, **{**others, field: text, "opening_hours": hours, "fee": "paid"}
        )
        found = list(contradictions(place, one, TODAY))
        assert bool(found) is (says is not None)
        if says:
            assert any(says in message for message in found)
            assert all(message.in_language("fr") for message in found)


def test_the_shipped_catalogue_contradicts_itself_nowhere() -> None:
    """No twins and no contradictions in what comes with the program."""
    kinds = {finding.kind for finding in review(load(), dt.date(2026, 11, 22), YEAR)}
    assert kinds <= {Kind.STALE}


def test_remarks_of_the_shipped_hours_are_known_in_both_languages() -> None:
    """A comment of opening hours that visitors read is not left in the language of its author."""
    from lens_routes.catalogue.hours import HoursContext, parse
    from lens_routes.text.language import Said

    begin = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for place in load().places:
        if place.opening_hours:
            context = HoursContext(coordinates=place.point)
            for span in parse(place.opening_hours, context).spans(begin, begin + YEAR):
                assert not span.comment or isinstance(span.comment, Said), span.comment
