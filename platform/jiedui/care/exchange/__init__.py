"""What leaves the care for children as a file, and how it is laid out."""
