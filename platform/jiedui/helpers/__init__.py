"""Volunteers and social workers: what they offer, when and where, and whether they are cleared."""
