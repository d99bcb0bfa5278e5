"""Words of the duties: which law, what it asks, where it is met; and the places to write in."""

from __future__ import annotations

from typing import Any

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.oversight.rules.duties import Blank, Duty, Filed

words.say(
    Duty,
    {
        Duty.access: _l("Regulations on the Protection of Minors in Cyberspace, art. 36"),
        Duty.yearly_audit: _l("Regulations on the Protection of Minors in Cyberspace, art. 37"),
        Duty.rights: _l(
            "Regulations on the Protection of Minors in Cyberspace, art. 34; Personal Information"
            " Protection Law, art. 44-50"
        ),
        Duty.breach: _l(
            "Regulations on the Protection of Minors in Cyberspace, art. 35; Personal Information"
            " Protection Law, art. 57"
        ),
        Duty.consent: _l("Personal Information Protection Law, art. 28-31"),
        Duty.automated: _l("Personal Information Protection Law, art. 24"),
        Duty.retention: _l("Personal Information Protection Law, art. 19, 47"),
        Duty.officer: _l("Personal Information Protection Law, art. 52"),
        Duty.security: _l("Personal Information Protection Law, art. 51"),
        Duty.impact: _l("Personal Information Protection Law, art. 55, 56"),
        Duty.shares: _l("Regulations on Network Data Security, art. 12"),
        Duty.processor: _l("Personal Information Protection Law, art. 21"),
        Duty.record: _l("Cybersecurity Law, art. 21"),
        Duty.checks: _l("Minors Protection Law, art. 62"),
        Duty.harm: _l("Minors Protection Law, art. 11"),
    },
)
ASKS: dict[Duty, Any] = {
    Duty.access: _l("Staff see no more than their work needs; access is approved and recorded"),
    Duty.yearly_audit: _l("An audit every year, reported to the cyberspace office"),
    Duty.rights: _l(
        "Guardians look up, copy, correct and delete; a refusal is in writing with its reason"
    ),
    Duty.breach: _l("A leak is dealt with at once, reported, and told to child and guardian"),
    Duty.consent: _l("The guardian's own consent for under 14; told why it is needed"),
    Duty.automated: _l("Nobody is decided about by a machine alone; the result is explained"),
    Duty.retention: _l("Kept no longer than needed, then cleared"),
    Duty.officer: _l("A person in charge of the protection of personal information is named"),
    Duty.security: _l("Classes of data, encryption, rights, training, a plan for emergencies"),
    Duty.impact: _l("An impact assessment before, kept for three years"),
    Duty.shares: _l("What was given to others is on record for three years"),
    Duty.processor: _l("A contract with whoever handles data on the county's behalf"),
    Duty.record: _l("Logs are kept for six months at least"),
    Duty.checks: _l("Records of everybody in touch with minors are checked, and again every year"),
    Duty.harm: _l("Suspected harm is reported at once"),
}
MET: dict[Duty, Any] = {
    Duty.access: _l(
        "Rights come with a role that is given for an area; beyond it nothing exists, but a file"
        " that was asked for, agreed to and has an end; every look and every number shown in full"
        " is on record (tables below)"
    ),
    Duty.yearly_audit: _l("This material, made from the record by one command or on its page"),
    Duty.rights: _l(
        "Guardians' requests: fifteen working days, an answer in writing, a copy that says who has"
        " looked"
    ),
    Duty.breach: _l("Letters about a leak: to guardians, to children, to the authority"),
    Duty.consent: _l(
        "Consent for each purpose and each person, with the version of its text; taken back in one"
        " step"
    ),
    Duty.automated: _l(
        "Matching only proposes; an official decides on each pair, with its reasons in view"
    ),
    Duty.retention: _l("Times of keeping; a run every night, with receipts"),
    Duty.officer: _l("To be filled in by the county"),
    Duty.security: _l(
        "Identity lies sealed (AES-256-GCM), numbers are masked for everybody, a second factor at"
        " sign-in for county roles, sealed backups"
    ),
    Duty.impact: _l("The impact assessment, made from the facts of the day with its version"),
    Duty.shares: _l("The share register, by year"),
    Duty.processor: _l("To be filled in by the county"),
    Duty.record: _l(
        "The record is chained and no line is ever taken out; tries to sign in 180 days"
    ),
    Duty.checks: _l("No check or an expired one: no pairing; the portal keeps the date of each"),
    Duty.harm: _l("A report door without sign-in, with a clock; what came in is never deleted"),
}
words.say(
    Filed,
    {
        Filed.report: _l(
            "The report on the audit of the year before, by the way the city's cyberspace office"
            " names"
        ),
        Filed.counts: _l("How many minors' data is handled: under 14 and 14 to 17 apart"),
        Filed.findings: _l("What was found, what was mended and by when the rest will be"),
        Filed.officer: _l("Name and contact of the person in charge"),
        Filed.outside: _l("Where an outside body audited: its name and its report"),
        Filed.kept: _l(
            "Ask the city's cyberspace office each December which form holds; keep what was filed"
            " for three years at least"
        ),
    },
)
words.say(
    Blank,
    {
        Blank.auditor: _l("Who audited (office, names, posts)"),
        Blank.outside: _l("Outside auditor, if any (name, contract, report number)"),
        Blank.span: _l("From when to when the audit was made"),
        Blank.sample: _l("Files drawn as a sample, and how they were drawn"),
        Blank.findings: _l("Findings of the audit"),
        Blank.mended: _l("What was mended, by whom and when"),
        Blank.incidents: _l("Leaks and other incidents of the year, and what was done"),
        Blank.training: _l("Training on the protection of personal information (days, people)"),
        Blank.contracts: _l("Contracts with suppliers who handle data, and their check"),
        Blank.opinion: _l("Opinion of the audit"),
        Blank.officer: _l("Person in charge of the protection of personal information"),
        Blank.signed: _l("Signature, seal, date"),
    },
)
