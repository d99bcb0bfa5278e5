"""Forms of counselling."""
