"""What a child needs: which help, when, where, how long, and how urgent it is."""
