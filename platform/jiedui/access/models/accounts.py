"""Tables of accounts, roles with a scope, grants, links, deputies and sign-in attempts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jiedui.access.rules import AccountState, GrantLevel, Office, Role, Step, holds
from jiedui.core import db
from jiedui.regions.models import Region


class Account(db.Base):
    """A person who signs in. The sign-in name is a mobile number, found by blind index."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("state <> 'active' OR password_hash IS NOT NULL", name="active_password"),
        CheckConstraint(
            "deidentified_at IS NULL OR"
            " (state = 'disabled' AND password_hash IS NULL AND totp_secret IS NULL)",
            name="deidentified",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    phone: Mapped[str] = mapped_column(db.Sealed("account.phone"))
    phone_index: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(db.Sealed("account.name"))
    state: Mapped[AccountState] = mapped_column(db.choice(AccountState))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(db.Sealed("account.totp_secret"))
    totp_step: Mapped[int] = mapped_column(default=0)
    # A session opened under an earlier epoch is dead, also one that was being opened just then.
    session_epoch: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    deidentified_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    version: Mapped[int] = mapped_column()

    roles: Mapped[list[RoleHolding]] = relationship(
        order_by="RoleHolding.id", viewonly=True, foreign_keys="RoleHolding.account_id"
    )
    __mapper_args__ = {"version_id_col": version}

    # What flask-login asks of a user.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether this account may be signed in to."""
        return self.state is AccountState.active

    def get_id(self) -> str:
        """The id as a session keeps it."""
        return str(self.id)

    @property
    def account_id(self) -> int:
        """An account is its own."""
        return self.id

    @property
    def scope_path(self) -> str:
        """The region of the first role: who manages that region manages the account."""
        return self.roles[0].region.path if self.roles else f"{self.county_id}/"


class RoleHolding(db.Base):
    """A role a person holds from one day to another, within a region or a unit."""

    __tablename__ = "role_holding"
    __table_args__ = (
        CheckConstraint("(role = 'coordinator') = (office IS NOT NULL)", name="office"),
        CheckConstraint("ends IS NULL OR ends >= starts", name="dates"),
        Index("ix_role_holding_role_region_id", "role", "region_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(db.choice(Role))
    office: Mapped[Office | None] = mapped_column(db.choice(Office))
    head: Mapped[bool] = mapped_column(default=False)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    # Units are an upper room; the foreign key holds, the relationship is theirs.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    starts: Mapped[date]
    ends: Mapped[date | None]
    # Ended by hand: at once, not at the end of the day.
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    account: Mapped[Account] = relationship(foreign_keys=[account_id])

    @property
    def post(self) -> tuple[Role, Office | None, int, int | None]:
        """The role with its place: what two people must share to hand work over."""
        return self.role, self.office, self.region_id, self.unit_id

    @property
    def scope_path(self) -> str:
        """Where the role is held."""
        return self.region.path

    def lives(self, today: date) -> bool:
        """Whether the role is held today."""
        return self.ended_at is None and holds(self.starts, self.ends, today)


class AccessLink(db.Base):
    """A single-use link by which a person sets a password; only its fingerprint is kept."""

    __tablename__ = "access_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Deputy(db.Base):
    """Who acts for a coordinator (代某某), and from when to when."""

    __tablename__ = "deputy"
    __table_args__ = (
        CheckConstraint("ends >= starts", name="dates"),
        CheckConstraint("principal_id <> deputy_id", name="not_self"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    holding_id: Mapped[int] = mapped_column(ForeignKey("role_holding.id"))
    principal_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date]
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)

    holding: Mapped[RoleHolding] = relationship()
    principal: Mapped[Account] = relationship(foreign_keys=[principal_id])
    deputy: Mapped[Account] = relationship(foreign_keys=[deputy_id])

    def lives(self, today: date) -> bool:
        """Whether the deputy stands in today."""
        return self.ended_at is None and holds(self.starts, self.ends, today)

    @property
    def account_id(self) -> int:
        """A deputy's naming belongs to the person who is stood in for."""
        return self.principal_id


class Grant(db.Base):
    """One object opened to one account at one level, for a reason, for a time; with a holding, in
    that role only, and no longer than it is held.

    Written and ended by the action that starts or ends what it comes from, in its transaction."""

    __tablename__ = "access_grant"
    __table_args__ = (
        UniqueConstraint("account_id", "kind", "object_id", "level", "source_kind", "source_id"),
        Index("ix_access_grant_account_id_kind", "account_id", "kind"),
        Index("ix_access_grant_source", "source_kind", "source_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int]
    level: Mapped[GrantLevel] = mapped_column(db.choice(GrantLevel))
    source_kind: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[int]
    holding_id: Mapped[int | None] = mapped_column(ForeignKey("role_holding.id"))
    valid_until: Mapped[datetime | None] = mapped_column(db.UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)


class SignInTry(db.Base):
    """One attempt to sign in: which name and which address, both only as fingerprints."""

    __tablename__ = "sign_in_try"
    __table_args__ = (
        Index("ix_sign_in_try_phone_index_at", "phone_index", "at"),
        Index("ix_sign_in_try_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    phone_index: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(db.UtcDateTime)
    good: Mapped[bool] = mapped_column(server_default=text("false"))
    step: Mapped[Step] = mapped_column(db.choice(Step), server_default=Step.password.value)
