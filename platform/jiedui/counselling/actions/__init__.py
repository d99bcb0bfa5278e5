"""What is done at the counselling desk."""
