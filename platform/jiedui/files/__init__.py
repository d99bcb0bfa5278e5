"""Pages composed of several rooms: the child's file with its timeline, the helper's page."""
