"""How one gets between the points of a request, on foot or by the timetables, leg by leg."""
