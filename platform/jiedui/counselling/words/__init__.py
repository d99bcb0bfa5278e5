"""Words of counselling."""

from jiedui.counselling.words import referrals, schools, screening

__all__ = ["referrals", "schools", "screening"]
