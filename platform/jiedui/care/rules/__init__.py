"""What is decided in the care for a child."""
