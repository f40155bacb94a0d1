"""Feeds of this machine: known by name, downloaded, installed, kept."""
