"""From what people write to the rules of opening hours: cut into tokens, then read by a grammar."""
