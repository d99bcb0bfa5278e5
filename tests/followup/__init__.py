"""Tests of following pairings up."""
