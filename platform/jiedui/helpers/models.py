"""Tables of helpers: who they are, what they offer, when, and what vetting found."""

from __future__ import annotations

from datetime import date, datetime
from os.path import commonprefix

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.core import db
from jiedui.core.resident_id import Sex, masked
from jiedui.helpers.rules import (
    BatchState,
    CredentialKind,
    Gate,
    HelperKind,
    HelperState,
    HelpKind,
    Language,
    Mode,
    Outcome,
    Stage,
    Subject,
    Travel,
)
from jiedui.partners.models import Unit
from jiedui.regions.models import Region


class Helper(db.Base):
    """A volunteer, caring mother (爱心妈妈) or social worker. Without an account when somebody
    without a phone was entered from a signed form."""

    __tablename__ = "helper"
    __table_args__ = (
        UniqueConstraint("county_id", "id_index"),
        Index("ix_helper_village_id_state", "village_id", "state"),
        CheckConstraint("capacity BETWEEN 1 AND 5", name="capacity"),
        CheckConstraint("max_km > 0", name="max_km"),
        CheckConstraint(
            "account_id IS NOT NULL OR deidentified_at IS NOT NULL"
            " OR (entered_by IS NOT NULL AND form_holder IS NOT NULL)",
            name="signed_form",
        ),
        CheckConstraint("(state = 'withdrawn') = (left_at IS NOT NULL)", name="left_at"),
        CheckConstraint(
            "(name IS NULL) = (deidentified_at IS NOT NULL)"
            " AND (phone IS NULL) = (deidentified_at IS NOT NULL)"
            " AND (id_number IS NULL) = (deidentified_at IS NOT NULL)"
            " AND (id_index IS NULL) = (deidentified_at IS NOT NULL)",
            name="named",
        ),
        CheckConstraint(
            "deidentified_at IS NULL OR (state = 'withdrawn' AND licence IS NULL"
            " AND national_number IS NULL AND about IS NULL AND form_holder IS NULL)",
            name="deidentified",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[HelperKind] = mapped_column(db.choice(HelperKind))
    # NULL, a name read as a dash, once the identity was cleared.
    name: Mapped[str] = mapped_column(db.Sealed("helper.name", cleared=db.GONE), nullable=True)
    id_number: Mapped[str] = mapped_column(db.Sealed("helper.id_number", cleared=""), nullable=True)
    id_index: Mapped[str] = mapped_column(String(64), nullable=True)
    phone: Mapped[str] = mapped_column(db.Sealed("helper.phone", cleared=""), nullable=True)
    birth_date: Mapped[date]
    sex: Mapped[Sex] = mapped_column(db.choice(Sex))
    travel: Mapped[Travel] = mapped_column(db.choice(Travel))
    max_km: Mapped[int]
    capacity: Mapped[int]
    licence: Mapped[str | None] = mapped_column(db.Sealed("helper.licence"))
    national_number: Mapped[str | None] = mapped_column(db.Sealed("helper.national_number"))
    about: Mapped[str | None] = mapped_column(db.Sealed("helper.about"))
    state: Mapped[HelperState] = mapped_column(db.choice(HelperState))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    form_holder: Mapped[str | None] = mapped_column(db.Sealed("helper.form_holder"))
    registered_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    # How long a helper who has left is kept counts from here.
    left_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    deidentified_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    village: Mapped[Region] = relationship(foreign_keys=[village_id])
    unit: Mapped[Unit | None] = relationship()
    offers: Mapped[list[HelperOffer]] = relationship(cascade="all, delete-orphan")
    subjects: Mapped[list[HelperSubject]] = relationship(cascade="all, delete-orphan")
    stages: Mapped[list[HelperStage]] = relationship(cascade="all, delete-orphan")
    languages: Mapped[list[HelperLanguage]] = relationship(cascade="all, delete-orphan")
    modes: Mapped[list[HelperMode]] = relationship(cascade="all, delete-orphan")
    slots: Mapped[list[HelperSlot]] = relationship(
        cascade="all, delete-orphan", order_by="HelperSlot.slot"
    )
    periods: Mapped[list[HelperPeriod]] = relationship(
        cascade="all, delete-orphan", order_by="HelperPeriod.starts"
    )
    seats: Mapped[list[HelperSeat]] = relationship(
        cascade="all, delete-orphan", order_by="HelperSeat.seat"
    )
    facts: Mapped[list[VettingFact]] = relationship(order_by="VettingFact.id")
    credentials: Mapped[list[Credential]] = relationship(order_by="Credential.id")
    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """How a helper is spoken of."""
        return f"V-{self.id:04d}"

    @property
    def masked_id(self) -> str:
        """The identity number as anybody may see it."""
        return masked(self.id_number) if self.id_number else ""

    @property
    def scope_path(self) -> str:
        """Where the helper lives."""
        return self.village.path


class HelperOffer(db.Base):
    """One kind of help offered."""

    __tablename__ = "helper_offer"

    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), primary_key=True)
    kind: Mapped[HelpKind] = mapped_column(db.choice(HelpKind), primary_key=True)


class HelperSubject(db.Base):
    """One subject taught."""

    __tablename__ = "helper_subject"

    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), primary_key=True)
    subject: Mapped[Subject] = mapped_column(db.choice(Subject), primary_key=True)


class HelperStage(db.Base):
    """One stage taught."""

    __tablename__ = "helper_stage"

    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), primary_key=True)
    stage: Mapped[Stage] = mapped_column(db.choice(Stage), primary_key=True)


class HelperLanguage(db.Base):
    """One language or dialect spoken."""

    __tablename__ = "helper_language"

    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), primary_key=True)
    language: Mapped[Language] = mapped_column(db.choice(Language), primary_key=True)


class HelperMode(db.Base):
    """One way in which help can reach the child."""

    __tablename__ = "helper_mode"

    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), primary_key=True)
    mode: Mapped[Mode] = mapped_column(db.choice(Mode), primary_key=True)


class HelperSlot(db.Base):
    """One weekly slot (0 to 20, three a day from Monday) in which the helper is free."""

    __tablename__ = "helper_slot"
    __table_args__ = (CheckConstraint("slot BETWEEN 0 AND 20", name="slot"),)

    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class HelperPeriod(db.Base):
    """From when to when the helper can help; several periods, an open end is NULL."""

    __tablename__ = "helper_period"
    __table_args__ = (CheckConstraint("ends IS NULL OR ends >= starts", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date | None]


class HelperSeat(db.Base):
    """One place for one pairing: a helper has as many as their capacity, and a living pairing
    holds one, so that the database itself refuses one too many."""

    __tablename__ = "helper_seat"
    __table_args__ = (CheckConstraint("seat BETWEEN 1 AND 5", name="seat"),)

    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Credential(db.Base):
    """A paper somebody says they have; it counts once it was seen and found good."""

    __tablename__ = "credential"

    id: Mapped[int] = mapped_column(primary_key=True)
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), index=True)
    kind: Mapped[CredentialKind] = mapped_column(db.choice(CredentialKind))
    number: Mapped[str | None] = mapped_column(db.Sealed("credential.number"))
    expires: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column(db.choice(Outcome))
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    seen_on: Mapped[date | None]


class VettingFact(db.Base):
    """One finding at one gate: what, when, by which authority, who saw the paper. Only added."""

    __tablename__ = "vetting_fact"
    __table_args__ = (
        Index("ix_vetting_fact_helper_id_gate", "helper_id", "gate"),
        CheckConstraint("valid_until IS NULL OR valid_until >= done_on", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"))
    gate: Mapped[Gate] = mapped_column(db.choice(Gate))
    outcome: Mapped[Outcome] = mapped_column(db.choice(Outcome))
    done_on: Mapped[date]
    valid_until: Mapped[date | None]
    authority: Mapped[str] = mapped_column(String(80), default="")
    text_version: Mapped[str | None] = mapped_column(String(20))
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("record_check_batch.id"))


class RecordCheckBatch(db.Base):
    """One list taken to the police (未成年人保护法 art. 62), and its one reply for all."""

    __tablename__ = "record_check_batch"
    __table_args__ = (
        CheckConstraint("(state = 'replied') = (replied_on IS NOT NULL)", name="replied"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    state: Mapped[BatchState] = mapped_column(db.choice(BatchState))
    sent_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sent_on: Mapped[date]
    authority: Mapped[str] = mapped_column(String(80), default="")
    replied_on: Mapped[date | None]
    # When the heads of the offices were told that no answer comes.
    told_on: Mapped[date | None]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column()

    members: Mapped[list[BatchMember]] = relationship(cascade="all, delete-orphan")
    county: Mapped[Region] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def scope_path(self) -> str:
        """The smallest region in which everybody on the list lives."""
        homes = [one.helper.village.path.rstrip("/").split("/") for one in self.members]
        return "/".join([*commonprefix(homes), ""]) if homes else self.county.path


class BatchMember(db.Base):
    """One helper on one list."""

    __tablename__ = "batch_member"

    batch_id: Mapped[int] = mapped_column(ForeignKey("record_check_batch.id"), primary_key=True)
    helper_id: Mapped[int] = mapped_column(ForeignKey("helper.id"), primary_key=True)

    helper: Mapped[Helper] = relationship()
