"""What people ask of a timetable: a stop by its name, what leaves next, how to get there."""
