"""Ready-made things for tests: each builder makes what a test needs through the actions."""
