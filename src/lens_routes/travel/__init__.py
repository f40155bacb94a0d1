"""How long from A to B at time t: joins the streets and, later, the timetables."""
