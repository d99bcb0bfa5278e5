"""Finding what was done and what is due in the care for children."""
