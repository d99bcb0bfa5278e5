"""Tests of material wishes, gifts and their books."""
