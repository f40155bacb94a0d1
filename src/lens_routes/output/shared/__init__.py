"""What the formats share: captions, the parts of a leg, safe text, thinner lines."""
