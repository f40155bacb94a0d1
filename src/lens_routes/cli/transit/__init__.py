"""``transit``: the timetables of this machine, departures and journeys."""
