"""What a place is said to be, line by line."""

from __future__ import annotations

from lens_routes.catalogue.place import Place
from lens_routes.output.terminal.lines import Look
from lens_routes.output.terminal.places import render_list, render_place
from lens_routes.text import language

MINE = Place(
    id="mine", name="Musée de la mine", lon=2.8, lat=50.4, currency="GBP",
    opening_hours="Mo 14:00-16:00", by_appointment=True,
    seen_from_outside=True, booking="+33 3 21 00 00 00", fee="paid", price_eur=5,
    price_reduced_eur=2.5, parts=("fosse-2", "Bains-douches"), source="a page",
    source_date="2017-05", notes="Ring first.", notes_fr="Téléphonez d’abord.",
)  # fmt: skip


def shown(place: Place) -> dict[str, str]:
    """Return the facts that are printed of a place, by their labels."""
    lines = [line.plain for line in render_place(place, [], Look(200))]
    return {line[:11].strip(): line[12:] for line in lines if line[11:12] == " "}


def test_entry_and_evidence_of_a_place() -> None:
    """Whom to call, what is paid, what belongs to it and how old the evidence is."""
    facts = shown(MINE)
    assert facts["hours"] == "by appointment; Mo 14:00-16:00; seen from outside at any time"
    assert facts["booking"] == "+33 3 21 00 00 00"
    assert facts["entry"] == "paid, 5 £, reduced 2.50 £"
    assert facts["parts"] == "fosse-2, Bains-douches"
    assert facts["facts of"] == "May 2017"
    assert facts["notes"] == "Ring first."


def test_lists_name_places_in_english_too() -> None:
    """An English reader recognises a place, a French one is not told what it is in English."""
    place = MINE._replace(name_en="Mine museum")
    listed = [line.plain for line in render_list([place], Look(80))]
    assert listed[:2] == ["Musée de la mine", "  Mine museum · ★★★ · mine"]
    language.use("fr")
    listed = [line.plain for line in render_list([place], Look(80))]
    assert "Mine museum" not in listed[1]


def test_notes_are_read_in_the_language_in_use() -> None:
    """Who reads French reads the French notes; either stands where the other is missing."""
    language.use("fr")
    assert shown(MINE)["remarques"] == "Téléphonez d’abord."
    assert shown(MINE)["source de"] == "mai 2017"
