"""Tests of the room helpers."""
