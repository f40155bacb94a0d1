"""Catalogues from and to other people: tables, collections, waypoints, and what they change."""
