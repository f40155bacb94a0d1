"""Who may go where: what the tags of OpenStreetMap allow."""
