"""Campaigns for holidays, classes, meetings with their lists; a session belongs to a pairing or to a
meeting; guardians and children answer about an activity.

SQLite cannot change a check or a NOT NULL in place: such a table is made anew from its own words,
with what hangs on it (indexes, triggers). Going down forgets classes with their hours and answers.

Revision ID: 0031
Revises: 0030
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)
LETTERS = ("season open", "season left out", "season settled", "class short")
LAST_LETTER = "'family stopped'"
PURPOSES = "'matching', 'pairing'"
ABOUT = "(purpose = 'pairing') = (about_id IS NOT NULL)"
ABOUT_NOW = "(purpose = 'matching') = (about_id IS NULL)"
SESSION = "service_session"
BELONGS = "(pairing_id IS NULL) <> (meeting_id IS NULL)"
MEETING_FK = f"fk_{SESSION}_meeting_id_activity_meeting"
Edits = Mapping[str, str]


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _edited(sql: str, edits: Edits) -> str:
    for old, new in edits.items():
        sql = sql.replace(old, new)
    return sql


def _made_anew(table: str, edits: Edits, where: str = "") -> None:
    """SQLite: the table with other words, its rows, its indexes and triggers (with the same other
    words); columns that both have are carried over."""
    bind, old = op.get_bind(), f"{table}_old"
    # The words of SQLite's own catalogue; names are constants of this file.
    rows = bind.execute(
        sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :t AND sql IS NOT NULL"),
        {"t": table},
    ).all()
    before = _columns(table)
    op.execute(f"CREATE TABLE {old} AS SELECT * FROM {table}")  # nosec B608
    op.drop_table(table)
    op.execute(_edited(next(sql for kind, sql in rows if kind == "table"), edits))
    after = set(_columns(table))
    names = ", ".join(f'"{name}"' for name in before if name in after)
    op.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {old} {where}")  # nosec B608
    op.drop_table(old)
    for kind, sql in rows:
        if kind != "table" and "meeting_id)" not in sql:
            op.execute(_edited(sql, edits))


def _columns(table: str) -> list[str]:
    return [row[1] for row in op.get_bind().execute(sa.text(f"PRAGMA table_info({table})"))]


def _check_is(table: str, name: str, old: str, new: str) -> None:
    """Another rule under the same name."""
    if _sqlite():
        return _made_anew(table, {old: new})
    op.drop_constraint(op.f(name), table, type_="check")
    op.create_check_constraint(op.f(name), table, sa.text(new))


def _answers(*, also: bool) -> None:
    """Whether answers may be about an activity."""
    more = f"{PURPOSES}, 'activity'"
    known, about = (PURPOSES, more), (ABOUT, ABOUT_NOW)
    if not also:
        known, about = known[::-1], about[::-1]
    for table in ("consent", "child_view", "consent_link"):
        _check_is(table, f"ck_{table}_purpose_known", *(f"purpose IN ({one})" for one in known))
        if table != "consent_link":
            _check_is(table, f"ck_{table}_about", *about)


def _letters(*, also: bool) -> None:
    listed = op.get_bind().execute(sa.text(_CHECK_OF_LETTERS[_sqlite()])).scalar_one()
    more = ", ".join([LAST_LETTER, *(f"'{one}'" for one in LETTERS)])
    old, new = (LAST_LETTER, more) if also else (more, LAST_LETTER)
    if _sqlite():
        return _made_anew("letter", {old: new})
    for plain in ("::character varying", "::text[]", "::text"):
        listed = listed.replace(plain, "")
    op.drop_constraint(op.f("ck_letter_letterkind_known"), "letter", type_="check")
    kinds = [part for part in listed.split("'")[1::2] if part not in LETTERS]
    kinds += LETTERS if also else ()
    rule = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(
        op.f("ck_letter_letterkind_known"), "letter", sa.text(f"kind IN ({rule})")
    )


_CHECK_OF_LETTERS = {
    True: "SELECT sql FROM sqlite_master WHERE name = 'letter'",
    False: "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE conname = 'ck_letter_letterkind_known'",
}


def _known(kind: str, *members: str) -> sa.Enum:
    return sa.Enum(
        *members, name=f"{kind}_known", native_enum=False, create_constraint=True, length=40
    )


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _day(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=null)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _table(name: str, refers: Mapping[str, str], *parts: sa.schema.SchemaItem) -> None:
    """A table with a number of its own and these references."""
    keys = [
        sa.ForeignKeyConstraint([c], [f"{other}.id"], name=op.f(f"fk_{name}_{c}_{other}"))
        for c, other in refers.items()
    ]
    pk = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    op.create_table(name, _number("id"), *parts, *keys, pk)


def _part(name: str, refers: Mapping[str, str], key: Sequence[str],
          *parts: sa.schema.SchemaItem) -> None:  # fmt: skip
    """A table that is known by what it joins."""
    keys = [
        sa.ForeignKeyConstraint([c], [f"{other}.id"], name=op.f(f"fk_{name}_{c}_{other}"))
        for c, other in refers.items()
    ]
    columns = [_number(c) for c in refers]
    pk = sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}"))
    op.create_table(name, *columns, *parts, *keys, pk)


def _seasons() -> None:
    name = "season"
    _table(
        name, {"county_id": "region", "opened_by": "account"}, _number("county_id"),
        sa.Column("kind", _known("seasonkind", "winter", "summer"), nullable=False),
        _day("checks_until"), _day("starts"), _day("ends"), _number("opened_by"),
        _moment("opened_at"), _day("settled_on", null=True), _number("version"),
        _check(name, "dates", "ends >= starts"),
        _check(name, "checks_until", "checks_until < starts"), _unique(name, "county_id", "starts"),
    )  # fmt: skip
    name = "season_member"
    refers = {"county_id": "region", "season_id": "season", "unit_id": "unit",
              "helper_id": "helper", "signed_by": "account"}  # fmt: skip
    states = ("signed", "cleared", "left_out")
    _table(
        name, refers, *(_number(one) for one in refers),
        sa.Column("state", _known("memberstate", *states), nullable=False), _moment("signed_at"),
        sa.Column("online", sa.Boolean(), nullable=True),
        _check(name, "online", "online IS NULL OR state = 'left_out'"),
        _unique(name, "season_id", "helper_id"),
    )  # fmt: skip
    op.create_index(f"ix_{name}_helper_id", name, ["helper_id"])


def _classes() -> None:
    name = "activity"
    refers = {"county_id": "region", "unit_id": "unit", "place_id": "place",
              "planned_by": "account"}  # fmt: skip
    _table(
        name, {**refers, "season_id": "season"}, *(_number(one) for one in refers),
        _number("season_id", null=True),
        sa.Column("kind", _known("activitykind", "holiday_class"), nullable=False),
        sa.Column("title", sa.String(40), nullable=False), _number("seats"), _day("starts"),
        _day("ends"), _moment("planned_at"), _number("version"),
        _check(name, "dates", "ends >= starts"), _check(name, "seats", "seats BETWEEN 1 AND 60"),
        _check(name, "season", "kind <> 'holiday_class' OR season_id IS NOT NULL"),
    )  # fmt: skip
    op.create_index(f"ix_{name}_county_id_ends", name, ["county_id", "ends"])
    name, on = "activity_seat", sa.text("left_at IS NULL")
    _part(name, {"activity_id": "activity"}, ("activity_id", "seat"), _number("seat"),
          _check(name, "seat", "seat BETWEEN 1 AND 60"))  # fmt: skip
    name = "activity_helper"
    refers = {"activity_id": "activity", "helper_id": "helper", "put_by": "account"}
    _table(name, refers, *(_number(one) for one in refers), _moment("put_at"),
           _moment("left_at", null=True))  # fmt: skip
    op.create_index(f"ix_{name}_helper_id", name, ["helper_id"])
    _once(f"uq_{name}_on", name, ["activity_id", "helper_id"], on)
    name = "activity_child"
    refers = {"county_id": "region", "activity_id": "activity", "child_id": "child",
              "signed_by": "account"}  # fmt: skip
    seat = sa.ForeignKeyConstraint(
        ["activity_id", "seat"], ["activity_seat.activity_id", "activity_seat.seat"],
        name=op.f(f"fk_{name}_seat"),
    )  # fmt: skip
    _table(name, refers, *(_number(one) for one in refers), _number("seat"), _moment("signed_at"),
           _moment("left_at", null=True), _number("version"), seat)  # fmt: skip
    op.create_index(f"ix_{name}_child_id", name, ["child_id"])
    _once(f"uq_{name}_seat", name, ["activity_id", "seat"], on)
    _once(f"uq_{name}_on", name, ["activity_id", "child_id"], on)


def _once(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def _meetings() -> None:
    name = "activity_meeting"
    refers = {"county_id": "region", "activity_id": "activity"}
    persons = {"told_by": "account", "confirmed_by": "account"}
    rules = {
        "length": "end_at > start_at",
        "told": "(told_by IS NULL) = (adults IS NULL)",
        "two_adults": "adults >= 2",
        "confirmed": "confirmed_by IS NULL OR told_by IS NOT NULL",
        "two_persons": "confirmed_by <> told_by",
    }
    _table(
        name, {**refers, **persons}, *(_number(one) for one in refers),
        *(_number(one, null=True) for one in persons), _moment("start_at"), _moment("end_at"),
        _number("adults", null=True), _moment("told_at", null=True),
        _moment("confirmed_at", null=True), _number("version"),
        *(_check(name, one, rule) for one, rule in rules.items()),
        _unique(name, "activity_id", "start_at"),
    )  # fmt: skip
    op.create_index(f"ix_{name}_county_id_start_at", name, ["county_id", "start_at"])
    name = "helper_presence"
    both = {"meeting_id": "activity_meeting", "helper_id": "helper"}
    _part(name, both, tuple(both), _moment("start_at"), _moment("end_at"),
          _check(name, "length", "end_at > start_at"))  # fmt: skip
    name = "child_presence"
    both = {"meeting_id": "activity_meeting", "child_id": "child"}
    _part(name, both, tuple(both))
    op.create_index(op.f(f"ix_{name}_child_id"), name, ["child_id"])


KEPT = {True: "OLD.{0} IS NOT NEW.{0}", False: "OLD.{0} IS DISTINCT FROM NEW.{0}"}
LIKE = {True: "was.{0} IS NEW.{0}", False: "was.{0} IS NOT DISTINCT FROM NEW.{0}"}
ALIKE = "was.pairing_id = NEW.pairing_id"


def _triggers(*, also: bool) -> Edits:
    """What the triggers say of the pairing, they say of the meeting too."""
    kept, like = KEPT[_sqlite()], LIKE[_sqlite()]
    pairing = kept.format("pairing_id")
    both = f"{pairing} OR {kept.format('meeting_id')}"
    alike = f"{like.format('pairing_id')} AND {like.format('meeting_id')}"
    return {pairing: both, ALIKE: alike} if also else {both: pairing, alike: ALIKE}


def _functions(edits: Edits) -> None:
    for when in ("insert", "update"):
        name = f"{SESSION}_kept_{when}"
        found = sa.text(f"SELECT pg_get_functiondef('{name}'::regproc)")  # nosec B608
        words = _edited(op.get_bind().execute(found).scalar_one(), edits)
        op.execute(sa.text(words.replace(":", "\\:")))


LAST, MORE = "version INTEGER NOT NULL, ", "version INTEGER NOT NULL, \n\tmeeting_id INTEGER, "
FIRST_CHECK = f"CONSTRAINT ck_{SESSION}_length"
CHECKS = (
    f"CONSTRAINT {MEETING_FK} FOREIGN KEY(meeting_id) REFERENCES activity_meeting (id), \n\t"
    f"CONSTRAINT ck_{SESSION}_belongs CHECK ({BELONGS}), \n\t{FIRST_CHECK}"
)
MUST, MAY = "pairing_id INTEGER NOT NULL", "pairing_id INTEGER"


def _sessions_of_meetings() -> None:
    if _sqlite():
        words = {MUST: MAY, LAST: MORE, FIRST_CHECK: CHECKS}
        _made_anew(SESSION, {**words, **_triggers(also=True)})
    else:
        op.alter_column(SESSION, "pairing_id", nullable=True)
        op.add_column(SESSION, _number("meeting_id", null=True))
        op.create_foreign_key(op.f(MEETING_FK), SESSION, "activity_meeting", ["meeting_id"], ["id"])
        op.create_check_constraint(op.f(f"ck_{SESSION}_belongs"), SESSION, sa.text(BELONGS))
        _functions(_triggers(also=True))
    op.create_index(f"ix_{SESSION}_meeting_id", SESSION, ["meeting_id"])


def _sessions_of_pairings_only() -> None:
    of_classes = f"SELECT id FROM {SESSION} WHERE meeting_id IS NOT NULL"  # nosec B608
    op.execute(f"DELETE FROM session_objection WHERE session_id IN ({of_classes})")  # nosec B608
    if _sqlite():
        words = {MORE: LAST, CHECKS: FIRST_CHECK, f"\t{MAY}, ": f"\t{MUST}, "}
        _made_anew(SESSION, {**words, **_triggers(also=False)}, "WHERE meeting_id IS NULL")
        return
    op.execute(f"ALTER TABLE {SESSION} DISABLE TRIGGER USER")
    op.execute(f"DELETE FROM {SESSION} WHERE meeting_id IS NOT NULL")  # nosec B608
    op.execute(f"ALTER TABLE {SESSION} ENABLE TRIGGER USER")
    _functions(_triggers(also=False))
    op.drop_index(f"ix_{SESSION}_meeting_id", SESSION)
    op.drop_constraint(op.f(f"ck_{SESSION}_belongs"), SESSION, type_="check")
    op.drop_constraint(op.f(MEETING_FK), SESSION, type_="foreignkey")
    op.drop_column(SESSION, "meeting_id")
    op.alter_column(SESSION, "pairing_id", nullable=False)


def upgrade() -> None:
    """Nine tables; sessions of meetings; answers about activities; four kinds of letters."""
    _seasons()
    _classes()
    _meetings()
    _sessions_of_meetings()
    _answers(also=True)
    _letters(also=True)


def downgrade() -> None:
    """As before."""
    letters = sa.table("letter", sa.column("kind"))
    op.execute(letters.delete().where(letters.c.kind.in_(LETTERS)))
    for table in ("consent", "child_view", "consent_link"):
        op.execute(f"DELETE FROM {table} WHERE purpose = 'activity'")  # nosec B608
    _letters(also=False)
    _answers(also=False)
    _sessions_of_pairings_only()
    for name in (
        "child_presence", "helper_presence", "activity_meeting", "activity_child",
        "activity_helper", "activity_seat", "activity", "season_member", "season",
    ):  # fmt: skip
        op.drop_table(name)
