"""A worried person is heard: the report door, who reads it, and what follows."""
