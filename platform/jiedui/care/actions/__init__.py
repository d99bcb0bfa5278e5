"""What is done in the care for a child."""
