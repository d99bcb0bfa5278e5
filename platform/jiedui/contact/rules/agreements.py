"""When a pairing needs a written agreement, who has to say yes to it, and when it holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiedui.core.states import Transitions
from jiedui.helpers.rules import HelpKind
from jiedui.needs.rules import Frequency, Where
from jiedui.pairings.rules import PairingState

# Which wording was signed: what was agreed to stays known for good.
TEXT = "2026-1"
LONG = timedelta(days=31)  # what goes on for longer is agreed in writing
WITHIN = timedelta(days=30)  # from the day on which everybody had agreed


class AgreementState(StrEnum):
    """Where an agreement stands. A new version replaces the one before."""

    drafted = "drafted"
    signed = "signed"
    replaced = "replaced"
    ended = "ended"


A = AgreementState
AGREEMENT_MOVES = Transitions(
    {A.drafted: {A.signed, A.replaced, A.ended}, A.signed: {A.replaced, A.ended}}
)
OVER = frozenset({A.replaced, A.ended})


class Party(StrEnum):
    """Whose yes an agreement needs: all three."""

    helper = "helper"
    guardian = "guardian"
    office = "office"


class YesMeans(StrEnum):
    """How a party said yes: on the paper, by a link with a spoken code, or signed in."""

    paper = "paper"
    link = "link"
    signed_in = "signed_in"


class AgreementStanding(StrEnum):
    """How a pairing stands with its agreement."""

    not_needed = "not_needed"
    missing = "missing"
    drafted = "drafted"
    changed = "changed"
    signed = "signed"


# What somebody has to do something about.
WAITING = frozenset(
    {AgreementStanding.missing, AgreementStanding.drafted, AgreementStanding.changed}
)
# Pairings that go on, or will as soon as the two have met.
NEEDING = frozenset(
    {PairingState.ready, PairingState.trial, PairingState.active, PairingState.legacy}
)


class AgreementRefusal(StrEnum):
    """Why something about an agreement is refused."""

    not_now = "not now"
    terms_changed = "terms changed"
    said_already = "said already"
    is_the_helper = "is the helper"
    not_the_helper = "not the helper"
    no_signer = "no signer"
    signed_in_future = "signed in future"
    signed_too_early = "signed too early"
    holder_missing = "holder missing"
    not_a_guardian = "not a guardian"
    code_wrong = "code wrong"
    link_gone = "link gone"
    unprintable = "unprintable"


@dataclass(frozen=True)
class Terms:
    """What is agreed on: when one of these changes a new version is made. `slot` is the weekly
    time (0 to 20, three a day from Monday), `ends` None has no planned end."""

    kind: HelpKind
    where: Where
    place_id: int | None
    frequency: Frequency
    times: int | None
    slot: int | None
    ends: date | None


@dataclass(frozen=True)
class Known:
    """An agreement as far as the question goes how a pairing stands with it."""

    state: AgreementState
    terms: Terms


def planned_long(starts: date, ends: date | None) -> bool:
    """Whether a pairing is planned for more than a month."""
    return ends is None or ends - starts > LONG


def standing(
    starts: date, terms: Terms, signed: Known | None, drafted: Known | None
) -> AgreementStanding:
    """How a pairing stands: what was signed counts while its terms are those of today; a draft
    counts only with those of today."""
    if signed is not None and signed.terms == terms:
        return AgreementStanding.signed
    if drafted is not None and drafted.terms == terms:
        return AgreementStanding.drafted
    if signed is not None:
        return AgreementStanding.changed
    if planned_long(starts, terms.ends):
        return AgreementStanding.missing
    return AgreementStanding.not_needed


def due(agreed_on: date) -> date:
    """Until when the signatures are to be there: within the first month."""
    return agreed_on + WITHIN


def still_missing(said: Collection[Party]) -> list[Party]:
    """Whose yes is missing, in order."""
    return [party for party in Party if party not in said]


def paper_fault(
    signers: Collection[Party], signed_on: date, holder: str, made_on: date, today: date
) -> tuple[AgreementRefusal, str] | None:
    """What speaks against a signed paper: nobody signed, a day that cannot be, nobody holds it."""
    checks = (
        (not signers, AgreementRefusal.no_signer, "signers"),
        (signed_on > today, AgreementRefusal.signed_in_future, "signed_on"),
        (signed_on < made_on, AgreementRefusal.signed_too_early, "signed_on"),
        (not holder, AgreementRefusal.holder_missing, "holder"),
    )
    return next(((code, field) for wrong, code, field in checks if wrong), None)
