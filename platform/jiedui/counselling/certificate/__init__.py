"""Papers of counselling."""
