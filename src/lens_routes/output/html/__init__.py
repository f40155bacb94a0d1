"""A plan as one web page: a map that works offline and the timetable beside it."""
