"""Words of the room: times of keeping, the yearly pack, duties, the share register, breaches,
coverage."""

from jiedui.oversight.words import (
    breach,
    coverage,
    duties,
    impact,
    pilot,
    retention,
    shares,
    yearly,
)

__all__ = ["breach", "coverage", "duties", "impact", "pilot", "retention", "shares", "yearly"]
