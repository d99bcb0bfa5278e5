"""Jiedui (结对): pairs children of a county with people who help."""

__version__ = "0.1.0"
