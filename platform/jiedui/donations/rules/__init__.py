"""Wishes (wishes): enumerations, moves, pure decisions."""
