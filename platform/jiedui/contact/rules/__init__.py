"""What an agreement must say and who must say yes (agreements); when a session falls (plan)."""
