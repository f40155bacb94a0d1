"""The places that words mean."""
