"""What an impact assessment holds: what data is used for, kinds of data, who sees what, what is
done for protection, and the questions the law asks (Personal Information Protection Law,
个人信息保护法, art. 56)."""

from __future__ import annotations

from enum import StrEnum


class Use(StrEnum):
    """What data is used for."""

    ledger = "ledger"
    care = "care"
    matching = "matching"
    service = "service"
    support = "support"
    national = "national"
    protection = "protection"
    figures = "figures"


class Kind(StrEnum):
    """Kinds of data of which there is an amount."""

    children_open = "children open"
    under_14 = "under 14"
    children_closed = "children closed"
    cleared = "cleared"
    grown_ups = "grown-ups"
    consents = "consents"
    visits = "visits"
    agreements = "agreements"
    needs = "needs"
    pairings = "pairings"
    sessions = "sessions"
    helpers = "helpers"
    reports = "reports"
    requests = "requests"
    accounts = "accounts"


class Reader(StrEnum):
    """Who sees something."""

    village = "village"
    township = "township"
    civil_affairs = "civil affairs"
    offices = "offices"
    helpers = "helpers"
    schools = "schools"
    duty = "duty"
    admin = "admin"
    auditor = "auditor"
    leader = "leader"
    public = "public"
    engine = "engine"


class Measure(StrEnum):
    """What is done for protection."""

    sealed = "sealed"
    masked = "masked"
    scope = "scope"
    consent = "consent"
    two_persons = "two persons"
    record = "record"
    sign_in = "sign-in"
    person_decides = "person decides"
    retention = "retention"
    backup = "backup"
    small_numbers = "small numbers"


class Question(StrEnum):
    """What the county judges."""

    lawful = "lawful"
    necessary = "necessary"
    under_14 = "under 14"
    told = "told"
    rights = "rights"
    risk = "risk"
    discrimination = "discrimination"
    label = "label"
    automated = "automated"
    measures = "measures"
    times = "times"
    suppliers = "suppliers"
    rest = "rest"
