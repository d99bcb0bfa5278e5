"""What is done with agreements, with planned sessions, and with a helper's feed and badge."""
