"""Plans over the shipped catalogue, made once for each request, and how to look at them."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import Any

from tests.support.program import run

from lens_routes.cli.frame.resources import load_catalogue

CATALOGUE = load_catalogue(None)


@cache
def _planned(words: str) -> str:
    result = run("plan", "--json", *words.split())
    assert result.code in (0, 5), result.err
    return result.stdout.decode() or "null"


def planned(words: str) -> dict[str, Any] | None:
    """Return the plan of some options, judged before it was printed; None where nothing fits."""
    document: dict[str, Any] | None = json.loads(_planned(words))
    return document


def day(words: str) -> dict[str, Any]:
    """Return the plan of some options that has a visit."""
    document = planned(words)
    assert document is not None
    return document


def visits(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for one in document["days"] for s in one["stops"] if s["kind"] == "visit"]


def names(document: dict[str, Any]) -> set[str]:
    return {stop["place"] for stop in visits(document)}


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def minutes(stop: dict[str, Any]) -> float:
    return (moment(stop["leave"]) - moment(stop["begin"])).total_seconds() / 60
