"""A day planned, changed and taken along from Python."""

import datetime as dt
from zoneinfo import ZoneInfo

from lens_routes.library import Draft, Gap, Territory

now = dt.datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Paris"))
territory = Territory.open(now=now)

# Search: accents and slips of the pen are forgiven.
for place in territory.search("musee louvr", typing=True)[:2]:
    print(place.id, "-", place.name)

# Reach: every place with the walk there, and whether it is open.
station = territory.locate("Gare de Lens")
for reached in territory.reach(station)[1:4]:
    standing = territory.standing(reached.place, now)
    print(f"{reached.place.name}: {reached.distance_m:.0f} m, {standing.state}")

# Plan: the best day for a request, which has passed the independent checker.
request = territory.request(station, dt.date(2026, 11, 28), minutes=300, themes=("culture",))
draft = Draft(request).pinned("louvre-lens")
plan = draft.planned(territory)
print([stop.name for stop in plan.days[0].stops])

# What else would fit, with the gain and the delay; the draft with the best of it is planned again.
offers = territory.fillers(plan, Gap())
for offer in offers[:2]:
    print(f"{offer.name}: worth {offer.gain:+.1f}, home {offer.later_s // 60} min later")
plan = draft.filled(offers[0], Gap(), plan).planned(territory)
print([stop.name for stop in plan.days[0].stops])

# Export: in any format of the program, as bytes.
print(territory.export(plan, "markdown").decode().splitlines()[0])
