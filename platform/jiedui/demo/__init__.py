"""The demo county: a past year played through the actions."""
