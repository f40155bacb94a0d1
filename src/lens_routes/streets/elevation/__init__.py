"""Heights of the ground: read, kept, draped over the streets."""
