"""The ledger: one child, one file; guardians, consent, and what the child itself says."""
