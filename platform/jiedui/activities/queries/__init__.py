"""Campaigns (seasons), classes (classes), meetings and their lists (meetings)."""
