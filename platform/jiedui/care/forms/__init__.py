"""Forms of the care for children."""
