"""Tables of counselling."""

from jiedui.counselling.models.referrals import Counsellor, CrisisFlag, Referral, ReferralStep
from jiedui.counselling.models.schools import ExpertVisit, PsychologyTeacher, SchoolRoll
from jiedui.counselling.models.screening import PupilScreening, ScreeningResult

__all__ = [
    "Counsellor",
    "CrisisFlag",
    "ExpertVisit",
    "PsychologyTeacher",
    "PupilScreening",
    "Referral",
    "ReferralStep",
    "SchoolRoll",
    "ScreeningResult",
]
