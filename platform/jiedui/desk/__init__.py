"""What waits for me, calls to make, letters, search."""
