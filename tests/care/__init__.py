"""Tests of the care for children."""
