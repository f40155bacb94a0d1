"""How long from A to B at time t: by the streets, the timetables and one’s own vehicle."""
