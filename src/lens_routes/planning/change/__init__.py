"""Changing a planned day by hand: visits in an order of one's own, and what fits a gap."""
