"""Looking around: the list of places, the map, the card, and every way to narrow them."""
