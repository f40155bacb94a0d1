"""Ways through the network: snap, search, reach, tables, and directions to follow."""
