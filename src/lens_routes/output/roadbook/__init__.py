"""A plan as a roadbook to print: maps, timetable, directions and QR codes in a PDF."""
