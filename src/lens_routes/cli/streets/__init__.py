"""``streets``: the street network of this machine, and tables made from it."""
