"""Finding what the counselling desk works with."""
