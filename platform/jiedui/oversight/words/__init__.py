"""Words of the room: times of keeping, the yearly pack, duties, the share register, breaches."""

from jiedui.oversight.words import breach, duties, impact, pilot, retention, shares, yearly

__all__ = ["breach", "duties", "impact", "pilot", "retention", "shares", "yearly"]
