"""Papers of the room: the agreement (agreement), the badge (badge)."""
