"""What the law asks of whoever handles minors' personal data, what is reported every year, and what
only people can answer. The words stand in words/duties.py."""

from __future__ import annotations

from enum import StrEnum


class Duty(StrEnum):
    """One duty, named after its law (MPC: 未成年人网络保护条例, PIPL: 个人信息保护法)."""

    access = "MPC 36"
    yearly_audit = "MPC 37"
    rights = "MPC 34"
    breach = "MPC 35"
    consent = "PIPL 28-31"
    automated = "PIPL 24"
    retention = "PIPL 19, 47"
    officer = "PIPL 52"
    security = "PIPL 51"
    impact = "PIPL 55, 56"
    shares = "data 12"
    processor = "PIPL 21"
    record = "cybersecurity 21"
    checks = "minors 62"
    harm = "minors 11"


# Met outside the portal, by people: the paper leaves room to say how.
BY_PEOPLE = frozenset({Duty.officer, Duty.processor})


class Filed(StrEnum):
    """What is filed with the city's cyberspace office."""

    report = "report"
    counts = "counts"
    findings = "findings"
    officer = "officer"
    outside = "outside"
    kept = "kept"


class Blank(StrEnum):
    """What only people know, in the order of the paper."""

    auditor = "auditor"
    outside = "outside"
    span = "span"
    sample = "sample"
    findings = "findings"
    mended = "mended"
    incidents = "incidents"
    training = "training"
    contracts = "contracts"
    opinion = "opinion"
    officer = "officer"
    signed = "signed"
