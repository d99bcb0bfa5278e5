"""What the calendar and the workers do for rounds and pairings."""
