"""Tables of agreements between helper, guardian and office."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.children.models import Guardian
from jiedui.contact.rules.agreements import AgreementState, Party, Terms, YesMeans
from jiedui.core import db
from jiedui.core.links import SpokenLink
from jiedui.core.scans import Scan
from jiedui.helpers.rules import HelpKind
from jiedui.needs.rules import Frequency, Where
from jiedui.pairings.models import Pairing
from jiedui.partners.models import Place

_DRAFTED, _SIGNED = text("state = 'drafted'"), text("state = 'signed'")


class Agreement(db.Base):
    """One version of what helper, guardian and office agree on for a pairing. A pairing has one
    draft and one signed version at most; names come from the record and stand here nowhere."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("pairing_id", "number"),
        Index(
            "uq_agreement_drafted", "pairing_id",
            unique=True, sqlite_where=_DRAFTED, postgresql_where=_DRAFTED,
        ),
        Index(
            "uq_agreement_signed", "pairing_id",
            unique=True, sqlite_where=_SIGNED, postgresql_where=_SIGNED,
        ),
        CheckConstraint("ends IS NULL OR ends >= starts", name="dates"),
        CheckConstraint("slot IS NULL OR slot BETWEEN 0 AND 20", name="slot"),
        CheckConstraint("state <> 'signed' OR signed_on IS NOT NULL", name="signed"),
        CheckConstraint("(state IN ('replaced', 'ended')) = (over_at IS NOT NULL)", name="over"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    number: Mapped[int]
    state: Mapped[AgreementState] = mapped_column(db.choice(AgreementState))
    kind: Mapped[HelpKind] = mapped_column(db.choice(HelpKind))
    where: Mapped[Where] = mapped_column(db.choice(Where))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    frequency: Mapped[Frequency] = mapped_column(db.choice(Frequency))
    times: Mapped[int | None]
    slot: Mapped[int | None]
    starts: Mapped[date]
    ends: Mapped[date | None]
    text_version: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_on: Mapped[date | None]
    # Who keeps the paper; empty where all said yes without one.
    holder: Mapped[str] = mapped_column(db.Sealed("agreement.holder"), default="")
    over_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    pairing: Mapped[Pairing] = relationship()
    place: Mapped[Place | None] = relationship()
    yeses: Mapped[list[AgreementYes]] = relationship(
        back_populates="agreement", order_by="AgreementYes.at"
    )
    scans: Mapped[list[AgreementScan]] = relationship(
        back_populates="agreement", order_by="AgreementScan.id"
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How the agreement is spoken of, and the number on the paper."""
        return f"A-{self.pairing_id:04d}-{self.number}"

    @property
    def terms(self) -> Terms:
        """What was agreed on."""
        return Terms(
            self.kind, self.where, self.place_id, self.frequency, self.times, self.slot, self.ends
        )

    @property
    def said(self) -> set[Party]:
        """Who has said yes."""
        return {one.party for one in self.yeses}

    @property
    def scope_path(self) -> str:
        """Where the child's household lives."""
        return self.pairing.scope_path

    @property
    def account_id(self) -> int | None:
        """An agreement is its helper's own."""
        return self.pairing.account_id

    @property
    def told(self) -> bool:
        """Whether the helper has heard of the pairing."""
        return self.pairing.told


class AgreementYes(db.Base):
    """One party's yes to one version: how, when, written down by whom."""

    __tablename__ = "agreement_yes"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    party: Mapped[Party] = mapped_column(db.choice(Party), primary_key=True)
    means: Mapped[YesMeans] = mapped_column(db.choice(YesMeans))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    agreement: Mapped[Agreement] = relationship(back_populates="yeses")


class AgreementScan(Scan, db.Base):
    """A photo or scan of the signed paper."""

    __tablename__ = "agreement_scan"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)

    agreement: Mapped[Agreement] = relationship(back_populates="scans")

    @property
    def scope_path(self) -> str:
        """Where the child's household lives."""
        return self.agreement.scope_path


class AgreementLink(SpokenLink, db.Base):
    """A link by which a guardian far away reads an agreement and says yes."""

    __tablename__ = "agreement_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"))

    agreement: Mapped[Agreement] = relationship()
    guardian: Mapped[Guardian] = relationship()
