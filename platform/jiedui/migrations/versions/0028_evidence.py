"""The ledger of hours: three kinds of evidence, reversing entries, codes of a carer and stays at places.

service_session is made anew: what an entry counts can then not be changed and no entry can go, by
triggers on both databases. Going down puts each correction back as it was told before (the old row
as replaced) and forgets codes and stays.

Revision ID: 0028
Revises: 0027
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NAME = "service_session"
MOMENT = sa.DateTime(timezone=True)
HOLDING = "state IN ('counted', 'held', 'disputed')"
STANDING = "evidence IN ('declared', 'verified', 'disputed')"
REASONS = ("not_held", "times_differ", "other_pairing", "cannot_tell")
HELD = (
    "code_guesses", "long_day", "night", "far_apart", "burst", "round_times",
)  # fmt: skip
SUBJECTS = (
    "chinese", "mathematics", "english", "physics", "chemistry", "biology", "history", "geography",
    "politics", "music", "art", "sports",
)  # fmt: skip
LASTING = (
    "id", "county_id", "pairing_id", "helper_id", "kind", "book", '"on"', "start_at", "end_at",
    "logged_by", "logged_at", "replaces",
)  # fmt: skip
KEPT = (*LASTING, "minutes", "reverses", "code_id", "stay_id")
COPIED = (*LASTING, "at_place", "note", "verified_by", "verified_at", "disputed_by",
          "dispute_reason", "version")  # fmt: skip
CHECKS_BEFORE = {
    "declared": "evidence <> 'declared' OR verified_by IS NULL",
    "disputed": "evidence <> 'disputed' OR dispute_reason IS NOT NULL",
    "verified": "evidence <> 'verified' OR verified_by IS NOT NULL",
    "length": "end_at > start_at",
    "minutes": "minutes BETWEEN 1 AND 480",
    "two_persons": "verified_by IS NULL OR verified_by <> logged_by",
}
CHECKS = {
    "length": "end_at > start_at",
    "minutes": "(state <> 'reversal' AND minutes BETWEEN 1 AND 480)"
    " OR (state = 'reversal' AND minutes BETWEEN -480 AND -1)",
    "reversal": "(state = 'reversal') = (reverses IS NOT NULL)",
    "listed": "evidence <> 'listed' OR verified_by IS NOT NULL OR state = 'reversal'",
    "verified": "evidence = 'listed' OR verified_by IS NULL",
    "checked_in": "evidence <> 'checked_in' OR state = 'reversal' OR code_id IS NOT NULL"
    " OR stay_id IS NOT NULL",
    "disputed": "state <> 'disputed' OR dispute_reason IS NOT NULL",
    "held": "state <> 'held' OR held_for IS NOT NULL",
    "two_persons": "verified_by IS NULL OR verified_by <> logged_by",
}


def _known(kind: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=null)


def _fk(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def _pk(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _make(evidence: Sequence[str], more: Sequence[sa.Column], checks: dict[str, str],
          rules: Sequence[sa.Constraint], holding: str) -> None:  # fmt: skip
    """The table with what is the same before and after, and its indexes."""
    accounts = ("logged_by", "verified_by", "disputed_by")
    op.create_table(
        NAME, _number("id"), _number("county_id"), _number("pairing_id"), _number("helper_id"),
        sa.Column("kind", _known("sessionkind", "meeting", "call", "video", "letter"),
                  nullable=False),
        sa.Column("book", _known("book", "voluntary", "contract", "duty"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False), _moment("start_at"), _moment("end_at"),
        _number("minutes"), sa.Column("at_place", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("evidence", _known("evidence", *evidence), nullable=False),
        _number("logged_by"), _moment("logged_at"), _number("verified_by", null=True),
        _moment("verified_at", null=True), _number("disputed_by", null=True),
        sa.Column("dispute_reason", _known("disputereason", *REASONS), nullable=True),
        _number("replaces", null=True), *more, _number("version"),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{NAME}_{one}")) for one, rule in checks.items()),
        _fk(NAME, "county_id", "region"), _fk(NAME, "pairing_id", "pairing"),
        _fk(NAME, "helper_id", "helper"), *(_fk(NAME, one, "account") for one in accounts),
        _fk(NAME, "replaces", NAME), _unique(NAME, "replaces"), *rules, _pk(NAME),
    )  # fmt: skip
    op.create_index(f"ix_{NAME}_helper_id_start_at", NAME, ["helper_id", "start_at"])
    op.create_index(f"ix_{NAME}_pairing_id", NAME, ["pairing_id"])
    where = sa.text(holding)
    op.create_index(f"uq_{NAME}_helper_start", NAME, ["helper_id", "start_at"], unique=True,
                    sqlite_where=where, postgresql_where=where)  # fmt: skip


def _after() -> None:
    states = ("counted", "held", "disputed", "reversed", "reversal")
    more: tuple[sa.Column, ...] = (
        sa.Column("state", _known("entrystate", *states), nullable=False),
        sa.Column("held_for", _known("heldfor", *HELD), nullable=True),
        sa.Column("subject", _known("subject", *SUBJECTS), nullable=True),
        sa.Column("progress", _known("progress", "better", "same", "harder"), nullable=True),
        _number("reverses", null=True), _number("code_id", null=True),
        _number("stay_id", null=True), _moment("looked_at", null=True),
    )  # fmt: skip
    rules = (
        _fk(NAME, "reverses", NAME), _fk(NAME, "code_id", "session_code"),
        _fk(NAME, "stay_id", "place_stay"), _unique(NAME, "reverses"),
        _unique(NAME, "code_id"), _unique(NAME, "stay_id"),
    )  # fmt: skip
    _make(("checked_in", "listed", "declared"), more, CHECKS, rules, HOLDING)
    op.create_index(f"ix_{NAME}_county_id_on", NAME, ["county_id", "on"])
    new = sa.text("looked_at IS NULL")
    op.create_index(f"ix_{NAME}_new", NAME, ["county_id", "id"],
                    sqlite_where=new, postgresql_where=new)  # fmt: skip


def _objections() -> None:
    name = "session_objection"
    refers = {"county_id": "region", "session_id": NAME, "raised_by": "account",
              "answered_by": "account"}  # fmt: skip
    rules = {
        "answered": "(answered_at IS NULL) = (answered_by IS NULL)",
        "upheld": "(answered_at IS NULL) = (upheld IS NULL)",
        "two_persons": "answered_by IS NULL OR answered_by <> raised_by",
    }
    op.create_table(
        name, _number("id"), _number("county_id"), _number("session_id"),
        sa.Column("words", sa.LargeBinary(), nullable=False), _number("raised_by"),
        _moment("raised_at"), sa.Column("due", sa.Date(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True), _number("answered_by", null=True),
        _moment("answered_at", null=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{one}")) for one, rule in rules.items()),
        *(_fk(name, one, other) for one, other in refers.items()), _pk(name),
    )  # fmt: skip
    opened = sa.text("answered_at IS NULL")
    op.create_index(f"uq_{name}_open", name, ["session_id"], unique=True,
                    sqlite_where=opened, postgresql_where=opened)  # fmt: skip


def _codes() -> None:
    name = "code_strip"
    op.create_table(
        name, _number("id"), _number("county_id"), _number("pairing_id"), _number("printed_by"),
        _moment("printed_at"), _moment("ended_at", null=True), _fk(name, "county_id", "region"),
        _fk(name, "pairing_id", "pairing"), _fk(name, "printed_by", "account"), _pk(name),
    )  # fmt: skip
    living = sa.text("ended_at IS NULL")
    op.create_index(f"uq_{name}_pairing", name, ["pairing_id"], unique=True,
                    sqlite_where=living, postgresql_where=living)  # fmt: skip
    name = "session_code"
    op.create_table(
        name, _number("id"), _number("strip_id"), _number("position"),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f(f"ck_{name}_position")),
        _fk(name, "strip_id", "code_strip"), _unique(name, "strip_id", "position"),
        _unique(name, "mark"), _pk(name),
    )  # fmt: skip
    name = "code_try"
    op.create_table(
        name, _number("id"), _number("pairing_id"), _moment("at"),
        _fk(name, "pairing_id", "pairing"), _pk(name),
    )  # fmt: skip
    op.create_index(f"ix_{name}_pairing_id_at", name, ["pairing_id", "at"])


def _stays() -> None:
    name = "place_stay"
    refers = {"county_id": "region", "place_id": "place", "helper_id": "helper",
              "pairing_id": "pairing"}  # fmt: skip
    op.create_table(
        name, _number("id"), *(_number(one) for one in refers), _moment("arrived_at"),
        _moment("left_at", null=True),
        sa.CheckConstraint("left_at IS NULL OR left_at >= arrived_at",
                           name=op.f(f"ck_{name}_times")),
        *(_fk(name, one, other) for one, other in refers.items()), _pk(name),
    )  # fmt: skip
    there = sa.text("left_at IS NULL")
    op.create_index(f"uq_{name}_helper", name, ["helper_id"], unique=True,
                    sqlite_where=there, postgresql_where=there)  # fmt: skip


def _notes() -> None:
    name = "counselling_note"
    refers = {"county_id": "region", "session_id": NAME, "written_by": "account"}
    op.create_table(
        name, _number("id"), *(_number(one) for one in refers),
        sa.Column("words", sa.LargeBinary(), nullable=False), _moment("written_at"),
        *(_fk(name, one, other) for one, other in refers.items()), _unique(name, "session_id"),
        _pk(name),
    )  # fmt: skip


def _records() -> None:
    name = "signing_key"
    op.create_table(
        name, _number("id"), sa.Column("name", sa.String(16), nullable=False),
        sa.Column("public", sa.String(64), nullable=False), _moment("since"),
        _unique(name, "name"), _unique(name, "public"), _pk(name),
    )  # fmt: skip
    with op.batch_alter_table("certificate", copy_from=_certificate()) as batch:
        for new in _signed():
            batch.add_column(new)
        for column, other in REFERS.items():
            batch.create_foreign_key(f"fk_certificate_{column}_{other}", other, [column], ["id"])
        batch.create_unique_constraint("uq_certificate_replaces", ["replaces"])


REFERS = {"replaces": "certificate", "key_id": "signing_key"}


def _signed() -> tuple[sa.Column, ...]:
    return (
        _number("replaces", null=True), sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.String(88), nullable=True), _number("key_id", null=True),
    )  # fmt: skip


def _certificate(*, signed: bool = False) -> sa.Table:
    """The table as it is (SQLite does not tell of all its checks)."""
    name = "certificate"
    more: tuple[sa.schema.SchemaItem, ...] = ()
    if signed:
        more = (
            *_signed(), sa.UniqueConstraint("replaces", name="uq_certificate_replaces"),
            *(sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{name}_{column}_{other}")
              for column, other in REFERS.items()),
        )  # fmt: skip
    return sa.Table(
        name, sa.MetaData(), _number("id"), _number("county_id"), _number("helper_id"),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("issuer", sa.String(80), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False), sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("sums", sa.JSON(), nullable=False), _moment("issued_at"), _number("issued_by"),
        _moment("revoked_at", null=True), _number("version"), *more,
        sa.CheckConstraint("title IN ('certificate', 'platform_record')",
                           name="ck_certificate_title_known"),
        sa.CheckConstraint("ends >= starts", name="ck_certificate_dates"),
        sa.ForeignKeyConstraint(["county_id"], ["region.id"], name="fk_certificate_county_id_region"),
        sa.ForeignKeyConstraint(["helper_id"], ["helper.id"], name="fk_certificate_helper_id_helper"),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"],
                                name="fk_certificate_issued_by_account"),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sa.UniqueConstraint("number", name="uq_certificate_number"),
        sa.Index("ix_certificate_helper_id", "helper_id"),
    )  # fmt: skip


def _no_records() -> None:
    with op.batch_alter_table("certificate", copy_from=_certificate(signed=True)) as batch:
        batch.drop_constraint("uq_certificate_replaces", type_="unique")
        for column, other in REFERS.items():
            batch.drop_constraint(f"fk_certificate_{column}_{other}", type_="foreignkey")
        for old in _signed():
            batch.drop_column(old.name)
    op.drop_table("signing_key")


def _stars() -> None:
    name = "star_award"
    refers = {"county_id": "region", "helper_id": "helper", "applied_by": "account",
              "reviewed_by": "account", "ended_by": "account"}  # fmt: skip
    states = ("applied", "public", "granted", "refused")
    reasons = ("too_few", "in_question", "objection")
    rules = {
        "level": "level BETWEEN 1 AND 5",
        "reviewed": "state NOT IN ('public', 'granted') OR (reviewed_by IS NOT NULL"
        " AND public_from IS NOT NULL AND public_until IS NOT NULL)",
        "refused": "(state = 'refused') = (reason IS NOT NULL)",
        "two_persons": "reviewed_by IS NULL OR reviewed_by <> applied_by",
        "publicity": "public_until IS NULL OR public_until > public_from",
    }
    op.create_table(
        name, _number("id"), _number("county_id"), _number("helper_id"), _number("level"),
        _number("minutes"), sa.Column("state", _known("starstate", *states), nullable=False),
        sa.Column("reason", _known("starreason", *reasons), nullable=True),
        _number("applied_by"), _moment("applied_at"), _number("reviewed_by", null=True),
        sa.Column("public_from", sa.Date(), nullable=True),
        sa.Column("public_until", sa.Date(), nullable=True), _number("ended_by", null=True),
        _moment("ended_at", null=True), _number("version"),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{one}")) for one, rule in rules.items()),
        *(_fk(name, one, other) for one, other in refers.items()), _pk(name),
    )  # fmt: skip
    living, granted = sa.text("state IN ('applied', 'public')"), sa.text("state = 'granted'")
    op.create_index(f"uq_{name}_living", name, ["helper_id"], unique=True,
                    sqlite_where=living, postgresql_where=living)  # fmt: skip
    op.create_index(f"uq_{name}_granted", name, ["helper_id", "level"], unique=True,
                    sqlite_where=granted, postgresql_where=granted)  # fmt: skip


FAULTS = {
    "changed": " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in KEPT),
    "evidence": "OLD.evidence <> NEW.evidence AND NOT (OLD.evidence = 'declared'"
    " AND NEW.evidence = 'listed' AND OLD.state IN ('counted', 'held', 'disputed'))",
    "settled": "OLD.state <> NEW.state"
    " AND (OLD.state IN ('reversed', 'reversal') OR NEW.state = 'reversal')",
    "alone": "OLD.state <> 'reversed' AND NEW.state = 'reversed' AND NOT EXISTS ("
    "SELECT 1 FROM service_session AS back WHERE back.reverses = OLD.id"
    " AND back.minutes = -OLD.minutes AND back.evidence = OLD.evidence)",
}
BORN = {
    "reversed": "NEW.state = 'reversed'",
    "unlike": "NEW.state = 'reversal' AND NOT EXISTS ("
    "SELECT 1 FROM service_session AS was WHERE was.id = NEW.reverses"
    " AND was.state IN ('counted', 'held', 'disputed') AND was.minutes = -NEW.minutes"
    " AND was.helper_id = NEW.helper_id AND was.pairing_id = NEW.pairing_id"
    " AND was.book = NEW.book AND was.evidence = NEW.evidence AND was.\"on\" = NEW.\"on\")",
}


def _hold_sqlite() -> None:
    overlap = (  # constants only
        "SELECT RAISE(ABORT, 'sessions overlap')"  # nosec B608
        " WHERE EXISTS (SELECT 1 FROM service_session AS o"
        " WHERE o.helper_id = NEW.helper_id AND o.id IS NOT NEW.id"
        f" AND o.{HOLDING} AND o.start_at < NEW.end_at AND NEW.start_at < o.end_at);"
    )
    for name, when in (
        ("insert", "BEFORE INSERT"),
        ("update", "BEFORE UPDATE OF helper_id, start_at, end_at, state"),
    ):
        op.execute(f"CREATE TRIGGER {NAME}_no_overlap_{name} {when} ON {NAME}"
                   f" WHEN NEW.{HOLDING} BEGIN {overlap} END")  # fmt: skip
    for when, faults in (("UPDATE", FAULTS), ("INSERT", BORN), ("DELETE", {"gone": "1"})):
        for name, fault in faults.items():
            rule = fault.replace("IS DISTINCT FROM", "IS NOT")
            op.execute(f"CREATE TRIGGER {NAME}_kept_{name} BEFORE {when} ON {NAME} WHEN {rule}"
                       f" BEGIN SELECT RAISE(ABORT, 'an entry stays: {name}'); END")  # fmt: skip


def _hold_postgres() -> None:
    op.execute(
        f"ALTER TABLE {NAME} ADD CONSTRAINT ex_{NAME}_overlap EXCLUDE USING gist"
        f" (service_session_span(helper_id, start_at, end_at) WITH &&) WHERE ({HOLDING})"
    )
    for when, faults in (("UPDATE", FAULTS), ("INSERT", BORN), ("DELETE", {"gone": "true"})):
        lines = "".join(
            f" IF {fault} THEN RAISE EXCEPTION 'an entry stays: {name}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            for name, fault in faults.items()
        )
        op.execute(f"CREATE FUNCTION {NAME}_kept_{when.lower()}() RETURNS trigger LANGUAGE plpgsql"
                   f" AS $$ BEGIN {lines} RETURN {'OLD' if when == 'DELETE' else 'NEW'}; END $$")  # fmt: skip
        op.execute(f"CREATE TRIGGER {NAME}_kept_{when.lower()} BEFORE {when} ON {NAME}"
                   f" FOR EACH ROW EXECUTE FUNCTION {NAME}_kept_{when.lower()}()")  # fmt: skip


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _put_aside() -> None:
    op.execute(f"CREATE TABLE {NAME}_aside AS SELECT * FROM {NAME}")  # nosec B608
    op.drop_table(NAME)


def _put_back(columns: dict[str, str], where: str = "") -> None:
    """Rows as they lay, with these columns made of what lay there."""
    into, out = ", ".join(columns), ", ".join(columns.values())
    op.execute(f"INSERT INTO {NAME} ({into}) SELECT {out} FROM {NAME}_aside {where}")  # nosec B608


def _finish() -> None:
    op.execute(f"DROP TABLE {NAME}_aside")
    if not _sqlite():
        op.execute(  # constants only
            f"SELECT setval(pg_get_serial_sequence('{NAME}', 'id'),"  # nosec B608
            f" coalesce(max(id), 1), max(id) IS NOT NULL) FROM {NAME}"
        )


def upgrade() -> None:
    """Corrected and taken back sessions get the reversing entries they would have had."""
    _codes()
    _stays()
    _put_aside()
    _after()
    same = {one: one for one in COPIED}
    over = "evidence IN ('replaced', 'withdrawn')"
    evidence = "CASE WHEN verified_by IS NOT NULL THEN 'listed' ELSE 'declared' END"
    state = f"CASE WHEN {over} THEN 'reversed' WHEN evidence = 'disputed' THEN 'disputed' ELSE 'counted' END"
    _put_back({**same, "minutes": "minutes", "evidence": evidence, "state": state})
    most = f"(SELECT max(id) FROM {NAME}_aside)"  # nosec B608
    back = {one: one for one in COPIED if not one.startswith(("disput", "verified"))}
    _put_back(
        {**back, "id": f"id + {most}", "minutes": "-minutes", "evidence": evidence,
         "state": "'reversal'", "reverses": "id", "replaces": "NULL"}, f"WHERE {over}",
    )  # fmt: skip
    op.execute(f"UPDATE {NAME} SET looked_at = logged_at")  # nosec B608
    _finish()
    _objections()
    _records()
    _stars()
    _notes()
    _hold_sqlite() if _sqlite() else _hold_postgres()


def downgrade() -> None:
    """As before; what was checked in or held is declared again."""
    op.drop_table("counselling_note")
    op.drop_table("star_award")
    op.drop_table("session_objection")
    _no_records()
    _put_aside()
    if not _sqlite():
        for when in ("update", "insert", "delete"):
            op.execute(f"DROP FUNCTION {NAME}_kept_{when}()")
    _make(("declared", "verified", "disputed", "replaced", "withdrawn"), (), CHECKS_BEFORE, (),
          STANDING)  # fmt: skip
    replaced = f"EXISTS (SELECT 1 FROM {NAME}_aside AS n WHERE n.replaces = {NAME}_aside.id)"  # nosec B608
    evidence = (
        f"CASE WHEN state = 'reversed' AND {replaced} THEN 'replaced'"
        " WHEN state = 'reversed' THEN 'withdrawn' WHEN state = 'disputed' THEN 'disputed'"
        " WHEN evidence = 'listed' THEN 'verified' ELSE 'declared' END"
    )
    same = {one: one for one in COPIED}
    _put_back({**same, "minutes": "minutes", "evidence": evidence}, "WHERE state <> 'reversal'")
    _finish()
    for table in ("place_stay", "code_try", "session_code", "code_strip"):
        op.drop_table(table)
    if _sqlite():
        overlap = (  # constants only
            "SELECT RAISE(ABORT, 'sessions overlap')"  # nosec B608
            " WHERE EXISTS (SELECT 1 FROM service_session AS other WHERE other.helper_id = NEW.helper_id AND other.id IS NOT NEW.id"
            f" AND other.{STANDING} AND other.start_at < NEW.end_at"
            " AND NEW.start_at < other.end_at);"
        )
        for name, when in (
            ("insert", "BEFORE INSERT"),
            ("update", "BEFORE UPDATE OF helper_id, start_at, end_at, evidence"),
        ):
            op.execute(f"CREATE TRIGGER {NAME}_no_overlap_{name} {when} ON {NAME}"
                       f" WHEN NEW.{STANDING} BEGIN {overlap} END")  # fmt: skip
        return
    op.execute(
        f"ALTER TABLE {NAME} ADD CONSTRAINT ex_{NAME}_overlap EXCLUDE USING gist"
        f" (service_session_span(helper_id, start_at, end_at) WITH &&) WHERE ({STANDING})"
    )
