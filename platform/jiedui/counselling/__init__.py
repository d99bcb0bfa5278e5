"""Counselling: referrals, crisis, screening results, psychology teachers and visits of experts."""
