"""Letters that reach people."""
