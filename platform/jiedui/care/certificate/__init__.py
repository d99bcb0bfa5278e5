"""What goes out of the care for children on paper."""
