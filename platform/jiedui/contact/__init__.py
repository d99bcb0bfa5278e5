"""The paper and the plan that belong to a living pairing: agreement, sessions to come, substitutes,
the calendar, and the badge by which a helper is told from a stranger."""
