"""Wishes (wishes), and what follows from the rooms below (following)."""
