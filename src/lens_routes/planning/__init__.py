"""From a request to a plan: the one straight flow, catalogue to travel to tour to legs."""
