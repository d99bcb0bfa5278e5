"""The words of an agreement as it stands on paper, with blanks for what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from jiedui.care.models import Entrustment
from jiedui.care.rules.entrustment import HOURS_TO_TELL, Declared, Exclusion, Heard
from jiedui.children.models import Child, Guardian
from jiedui.core import words
from jiedui.core.i18n import gettext
from jiedui.core.pages import day
from jiedui.core.resident_id import masked
from jiedui.core.written import BLANK, Paper, Part, Row, written
from jiedui.helpers.rules import HelpKind


def paper(one: Entrustment, *, numbers: bool = False) -> Paper:
    """The words of an agreement, in the reader's language. Identity numbers are whole on the PDF
    only (`numbers`)."""
    return Paper(
        title=gettext("Agreement on entrusted care (entrusted guardianship)"),
        number=gettext("Number %(number)s", number=one.code),
        basis=gettext(
            "Under articles 21 to 23 and 43 of the Minors Protection Law the parents entrust the "
            "children named here to the carer for a time. The parents stay their guardians."
        ),
        parts=[
            _parents(one, numbers),
            _carer(one, numbers),
            _children(one.children, numbers),
            _reason(one),
            _carer_duties(),
            _parent_duties(one),
            _emergency(one),
            _told(one),
            _consent(one),
            _declarations(one),
            _opinion(one),
            _end(),
        ],
        signatures=[
            gettext("Parents or other guardians (signature, thumbprint):"),
            gettext("Carer (signature, thumbprint):"),
            gettext("Child, if able:"),
            gettext("Witness of the village committee (signature, stamp):"),
        ],
    )


def _number(raw: str | None, numbers: bool) -> str:
    if not raw:
        return BLANK
    return raw if numbers else masked(raw)


def _person(one: Guardian, numbers: bool) -> list[Row]:
    return [
        Row(gettext("Name"), one.name),
        Row(gettext("Who this is to the child"), words.label(one.relation)),
        Row(gettext("ID number"), _number(one.id_number, numbers)),
        Row(gettext("Telephone"), one.phone or BLANK),
    ]


def _parents(one: Entrustment, numbers: bool) -> Part:
    rows: list[Row] = []
    for parent in one.principals:
        rows += _person(parent, numbers)
        rows.append(Row(gettext("Where this person works"), parent.work_place or BLANK, wide=True))
    return Part(gettext("Who entrusts"), rows, [])


def _carer(one: Entrustment, numbers: bool) -> Part:
    home = Row(gettext("Address"), one.household.address or BLANK, wide=True)
    return Part(gettext("Who cares"), [*_person(one.carer, numbers), home], [])


def _children(children: Sequence[Child], numbers: bool) -> Part:
    rows: list[Row] = []
    for child in children:
        rows += [
            Row(gettext("Name"), f"{child.name} （{words.label(child.sex)}）"),
            Row(gettext("Birth date"), day(child.birth_date)),
            Row(gettext("ID number"), _number(child.id_number, numbers)),
            Row(gettext("School"), child.school.name if child.school else BLANK),
        ]
    return Part(gettext("The children"), rows, [])


def _reason(one: Entrustment) -> Part:
    return Part(
        gettext("Why and for how long"),
        [
            Row(gettext("Reason"), words.label(one.reason), wide=True),
            Row(gettext("From"), written(one.starts)),
            Row(gettext("Until"), written(one.ends)),
        ],
        [],
    )


def _carer_duties() -> Part:
    return Part(
        gettext("What the carer does"),
        [],
        [
            gettext(
                "Daily life: lives with the children, sees to meals, clothes and rest. A child "
                "under 16 is never left to live alone."
            ),
            gettext(
                "Safety: teaches and guards against drowning, traffic, fire, electricity and "
                "assault; no beating, abuse or neglect; reports danger at once (110)."
            ),
            gettext(
                "Schooling: sees that they attend, speaks with the teachers, prevents dropout."
            ),
            gettext(
                "Health of body and mind: takes them to the doctor in time, notices changes of "
                "mood or conduct, and tells the parents."
            ),
        ],
    )


def _parent_duties(one: Entrustment) -> Part:
    money = BLANK if one.monthly_fen is None else f"{one.monthly_fen / 100:.2f}"
    return Part(
        gettext("What the parents do"),
        [],
        [
            gettext(
                "Contact with the children and the carer at least once a week: asks how they "
                "live, learn and feel, and shows them affection (art. 23)."
            ),
            gettext(
                "Pay %(money)s yuan each month for living, schooling and the doctor.", money=money
            ),
            gettext("Tell the carer and the village of a new address or telephone at once."),
            gettext(
                "Come back when the child is in difficulty and the village, the school or the "
                "carer calls them, and take the child back when the carer cannot go on."
            ),
        ],
    )


def _emergency(one: Entrustment) -> Part:
    rows = [
        Row(gettext("Name"), one.emergency_name or BLANK),
        Row(gettext("Telephone"), one.emergency_phone or BLANK),
    ]
    return Part(gettext("In an emergency"), rows, [gettext("Police 110, ambulance 120.")])


def _told(one: Entrustment) -> Part:
    return Part(
        gettext("Told in writing"),
        [
            Row(gettext("School or kindergarten, on"), written(one.told_school_on), wide=True),
            Row(gettext("taken by"), one.told_school or BLANK, wide=True),
            Row(gettext("Village committee, on"), written(one.told_village_on), wide=True),
            Row(gettext("taken by"), one.told_village or BLANK, wide=True),
        ],
        [],
    )


def _consent(one: Entrustment) -> Part:
    kinds = [gettext("%(mark)s %(what)s", mark=_box(kind.value in one.services),
                     what=words.label(kind)) for kind in HelpKind]  # fmt: skip
    return Part(
        gettext("What the carer may agree to for the parents"),
        [],
        [
            gettext(
                "For these free services by people whom the county has vetted, the carer may say "
                "yes in the parents' place; the parents are told within %(hours)d hours, and may "
                "take this back at any time:",
                hours=HOURS_TO_TELL,
            ),
            "    ".join(kinds),
        ],
    )


def _box(ticked: bool) -> str:
    return "[√]" if ticked else "[  ]"


def _declarations(one: Entrustment) -> Part:
    lead = gettext("The carer declares, under art. 22 of the Minors Protection Law:")
    said = [(getattr(one, f"declared_{e.name}") is Declared.free, e) for e in Exclusion]
    declared = [f"{_box(free)} {words.label(e)}" for free, e in said]
    return Part(gettext("What the carer declares"), [], [lead, *declared])


def _opinion(one: Entrustment) -> Part:
    lines = []
    for kept in sorted(one.of, key=lambda kept: kept.child.birth_date):
        said = "    ".join(f"{_box(kept.heard is word)} {words.label(word)}" for word in Heard)
        lines.append(f"{kept.child.name}：    {said}")
    return Part(gettext("What the child thinks"), [], lines)


def _end() -> Part:
    return Part(
        gettext("Change and end"),
        [],
        [
            gettext(
                "The agreement ends on its last day, when a parent comes back to care, or when "
                "the carer cannot go on. The carer who gives up tells parents and village first, "
                "and cares until somebody else does."
            ),
            gettext("Changes are written down below and signed by all:") + BLANK + BLANK,
            gettext("One copy each for parents, carer and village committee."),
        ],
    )
