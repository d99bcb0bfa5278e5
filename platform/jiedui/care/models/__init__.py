"""Tables of the care for children."""
