"""Rules of counselling: how a referral goes, what a screening says, what a school has."""
