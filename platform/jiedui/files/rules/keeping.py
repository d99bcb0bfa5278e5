"""What stands against clearing the identity of a file.

Personal Information Protection Law (个人信息保护法) art. 47: what the law says must be kept is
kept, and nothing is done with it but keeping and protecting it. Minors Protection Law
(未成年人保护法) art. 11, 106: who may have been harmed must be found again.
"""

from __future__ import annotations

from enum import StrEnum


class Block(StrEnum):
    """Why a file must be kept as it is for now, in the order in which it is said."""

    still_open = "still open"
    held = "held"
    protection = "protection"
    pairing = "pairing"
    agreement = "agreement"
    support = "support"
    request = "request"
    review = "review"
    other_file = "other file"
