"""People who sign in, what they may do, and how a page knows."""
