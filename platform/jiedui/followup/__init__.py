"""Following a pairing up (跟进): three voices, how it does, silence, and a family's stop."""
