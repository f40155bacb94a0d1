"""What the screens stand on: the session, the desk that plans, keys, dialogs, the map."""
