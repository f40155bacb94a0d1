"""What comes over the network: addresses without their secrets, answers that end."""
