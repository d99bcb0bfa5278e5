"""Tests of the room counselling."""
