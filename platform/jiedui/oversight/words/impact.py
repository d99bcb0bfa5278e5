"""Words of the impact assessment."""

from __future__ import annotations

from typing import Any

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.oversight.rules.impact import Kind, Measure, Question, Reader, Use

words.say(
    Use,
    {
        Use.ledger: _l("To know which children are left behind or in difficulty"),
        Use.care: _l("Home visits, care agreements, quarterly reviews"),
        Use.matching: _l("To find a helper for a child's wish and to propose the pair"),
        Use.service: _l("Hours of service, records of service"),
        Use.support: _l("To see which support a child is due and whether it arrives"),
        Use.national: _l("Returns to the national system, lists of other offices compared"),
        Use.protection: _l("Reports of suspected harm"),
        Use.figures: _l("Statements and public figures without names"),
    },
)
words.say(
    Kind,
    {
        Kind.children_open: _l("Children on file (identity, school, health, situation)"),
        Kind.under_14: _l("of these under 14: sensitive as a whole"),
        Kind.children_closed: _l("Closed files that still say whose they are"),
        Kind.cleared: _l("Closed files whose identity was cleared"),
        Kind.grown_ups: _l("Guardians and other grown-ups of their houses"),
        Kind.consents: _l("Answers of guardians (consent)"),
        Kind.visits: _l("Home visits"),
        Kind.agreements: _l("Care agreements"),
        Kind.needs: _l("Wishes of children"),
        Kind.pairings: _l("Pairings"),
        Kind.sessions: _l("Sessions of service"),
        Kind.helpers: _l("Volunteers and social workers"),
        Kind.reports: _l("Reports of suspected harm"),
        Kind.requests: _l("Requests of guardians about data"),
        Kind.accounts: _l("Accounts"),
    },
)
words.say(
    Reader,
    {
        Reader.village: _l("Child directors of villages"),
        Reader.township: _l("Township supervisors"),
        Reader.civil_affairs: _l("Civil affairs of the county"),
        Reader.offices: _l("Youth League, Women's Federation"),
        Reader.helpers: _l("Volunteers and social workers"),
        Reader.schools: _l("Schools, grid workers"),
        Reader.duty: _l("Duty officers"),
        Reader.admin: _l("Account administrators"),
        Reader.auditor: _l("Auditors"),
        Reader.leader: _l("Leaders"),
        Reader.public: _l("The public"),
        Reader.engine: _l("The matching program"),
    },
)
SEES: dict[Reader, Any] = {
    Reader.village: _l("Files of the own village"),
    Reader.township: _l("Files of the own township"),
    Reader.civil_affairs: _l("Files of the county with masked names; numbers for a reason"),
    Reader.offices: _l("Files, wishes and pairings with masked names"),
    Reader.helpers: _l(
        "A card without name before everybody's yes; then the child's name, the carer's telephone,"
        " place and time; a social worker the files that were opened to them"
    ),
    Reader.schools: _l("What they enter themselves: new files, absences, screening"),
    Reader.duty: _l("Reports of suspected harm"),
    Reader.admin: _l("Accounts; no child"),
    Reader.auditor: _l("The record and figures; no child"),
    Reader.leader: _l("Figures; no child"),
    Reader.public: _l("Figures from five up; a record of service by its number"),
    Reader.engine: _l("Ages, places, times and kinds of help; no name"),
}
words.say(
    Measure,
    {
        Measure.sealed: _l("Identity and free text lie sealed, with a key outside the database"),
        Measure.masked: _l(
            "Identity numbers are masked for everybody; shown for one of five reasons"
        ),
        Measure.scope: _l("Each page says who may use it; beyond that nothing exists"),
        Measure.consent: _l("No matching without consent; taken back in one step"),
        Measure.two_persons: _l("Files with names leave only after a second person's yes"),
        Measure.record: _l("Every look and every act is on a chained record"),
        Measure.sign_in: _l("Second factor for county roles, few tries, sessions that end"),
        Measure.person_decides: _l(
            "Matching is a proposal by a program: an official decides on each pair, sees its"
            " reasons and can say no; guardian and child decide after"
        ),
        Measure.retention: _l("What is over its time is cleared every night"),
        Measure.backup: _l("Backups are sealed as a whole"),
        Measure.small_numbers: _l("Public figures under five are not shown"),
    },
)
words.say(
    Question,
    {
        Question.lawful: _l("Are purpose and way of handling lawful, justified and needed?"),
        Question.necessary: _l("Is there any kind of data that could be left out?"),
        Question.under_14: _l("Is the special rule set for under 14 public and told to guardians?"),
        Question.told: _l("Do guardians and children understand what they agree to?"),
        Question.rights: _l("How are the rights of children and families touched?"),
        Question.risk: _l("What can go wrong, how likely and how grave is it?"),
        Question.discrimination: _l("Can anybody be treated worse because of this data?"),
        Question.label: _l("Can a child be marked before others by a visit, a vest or a list?"),
        Question.automated: _l(
            "Are proposals of the program fair, and does a person really decide?"
        ),
        Question.measures: _l("Are the measures lawful, effective and fit for the risk?"),
        Question.times: _l("Are the times of keeping no longer than needed?"),
        Question.suppliers: _l("Do contracts bind suppliers and whoever receives data?"),
        Question.rest: _l("Which risk is left, and who answers for it?"),
    },
)
