"""Tests of campaigns for the holidays and of classes."""
