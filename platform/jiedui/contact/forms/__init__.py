"""Forms about agreements (agreements) and about the plan (plan)."""
