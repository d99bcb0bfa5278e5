"""What guardians and children say: how it is given, what proof it needs, and when it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jiedui.children.rules.ledger import ChildRefusal

# The text that is read to, or signed by, a guardian: what is agreed to stays known for good.
CONSENT_TEXT = "2026-1"


class Purpose(StrEnum):
    """What a guardian agrees to, or a child has a view on."""

    matching = "matching"
    pairing = "pairing"
    activity = "activity"


class Means(StrEnum):
    """How consent was given, refused or taken back. What is only spoken face to face is enough
    for a no; a yes has proof."""

    paper = "paper"
    telephone = "telephone"
    link = "link"
    spoken = "spoken"


class Answer(StrEnum):
    """Yes or no; no needs no reason."""

    yes = "yes"
    no = "no"


class ConsentWay(StrEnum):
    """What can be said of consent at a visit: a yes in one of three ways, not asked yet, a no."""

    paper = "paper"
    telephone = "telephone"
    link = "link"
    not_yet = "not_yet"
    refused = "refused"


class ViewSaid(StrEnum):
    """What can be said of the child's view at a visit."""

    yes = "yes"
    no = "no"
    not_yet = "not_yet"


class AskedHow(StrEnum):
    """How a child was asked: never in front of those who decide about it."""

    alone = "alone"
    same_sex_worker = "same_sex_worker"


@dataclass(frozen=True)
class Given:
    """One consent or one view, as a rule sees it: the latest one for its purpose counts."""

    at: datetime
    answer: Answer
    withdrawn: bool = False


def holds(given: Iterable[Given]) -> bool:
    """Whether consent (or the child's yes) holds: the latest answer is yes, not withdrawn."""
    latest = max(given, key=lambda g: g.at, default=None)
    return latest is not None and latest.answer is Answer.yes and not latest.withdrawn


def answered(given: Iterable[Given]) -> bool | None:
    """The answer that counts: True, False (no, or taken back), or None when nobody has answered."""
    known = list(given)
    return holds(known) if known else None


def evidence_fault(
    answer: Answer, means: Means, evidence: Mapping[str, str], asker: str | None
) -> tuple[ChildRefusal, str] | None:
    """What is missing of the proof that a guardian said yes, and the field it belongs to. Paper:
    `holder` and `where`; telephone: `number` and `second_person` (never who asked). A no needs
    no proof."""
    if answer is Answer.no:
        return None
    if means is Means.spoken:
        return ChildRefusal.yes_needs_proof, "consent"
    if means is Means.paper:
        gap = next((k for k in ("holder", "where") if not evidence.get(k)), None)
        return (ChildRefusal.holder_missing, f"paper_{gap}") if gap else None
    if means is Means.telephone:
        if not evidence.get("number"):
            return ChildRefusal.number_missing, "phone_number"
        if not evidence.get("second_person"):
            return ChildRefusal.second_person_missing, "second_person"
        if evidence["second_person"] == asker:
            return ChildRefusal.second_person_is_self, "second_person"
    return None


@dataclass(frozen=True)
class Told:
    """What a guardian hears of one person before saying yes or no to them: who, what for, when
    and where. `kind`, `what` and `where` have words; `slot` is None when no weekly time is kept."""

    name: str
    kind: StrEnum
    unit: str
    what: StrEnum
    slot: int | None
    where: StrEnum
    place: str
