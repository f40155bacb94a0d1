"""A plan as a calendar (iCalendar, RFC 5545), with its time zones spelled out."""
