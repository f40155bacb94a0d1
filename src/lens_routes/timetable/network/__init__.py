"""The compiled timetables: one of each feed, joined to a network for some days."""
