"""No two standing sessions of one helper overlap: held by the database itself.

SQLite has no exclusion constraint and gets two triggers; its writers come one after another, so
a trigger is enough. PostgreSQL gets an exclusion constraint, which also holds between
transactions that do not see each other. It needs no extension: helper and instant are laid into
one range of integers, ten thousand million for each helper, one for each second since 1970.

A later migration that makes service_session anew (batch mode on SQLite) must make the triggers
again: call hold_sqlite(op.execute) from it.

Revision ID: 0002
Revises: 0001
"""

from collections.abc import Callable, Sequence

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STANDING = "('declared', 'verified', 'disputed')"
OVERLAP = f"""
    SELECT RAISE(ABORT, 'sessions overlap') WHERE EXISTS (
        SELECT 1 FROM service_session AS other
        WHERE other.helper_id = NEW.helper_id AND other.id IS NOT NEW.id
          AND other.evidence IN {STANDING}
          AND other.start_at < NEW.end_at AND NEW.start_at < other.end_at
    );
"""  # constants only  # nosec B608
TRIGGERS = {
    "service_session_no_overlap_insert": "BEFORE INSERT",
    "service_session_no_overlap_update":
        "BEFORE UPDATE OF helper_id, start_at, end_at, evidence",
}
SPAN = """
    CREATE FUNCTION service_session_span(helper integer, starts timestamptz, ends timestamptz)
    RETURNS int8range LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT int8range(
            helper::bigint * 10000000000 + extract(epoch FROM starts)::bigint,
            helper::bigint * 10000000000 + extract(epoch FROM ends)::bigint
        )
    $$
"""
EXCLUDE = f"""
    ALTER TABLE service_session ADD CONSTRAINT ex_service_session_overlap
    EXCLUDE USING gist (service_session_span(helper_id, start_at, end_at) WITH &&)
    WHERE (evidence IN {STANDING})
"""


def hold_sqlite(run: Callable[[str], object]) -> None:
    """Both triggers."""
    for name, when in TRIGGERS.items():
        run(
            f"CREATE TRIGGER {name} {when} ON service_session "
            f"WHEN NEW.evidence IN {STANDING} BEGIN {OVERLAP} END"
        )


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        hold_sqlite(op.execute)
        return
    op.execute(SPAN)
    op.execute(EXCLUDE)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        return
    op.execute("ALTER TABLE service_session DROP CONSTRAINT ex_service_session_overlap")
    op.execute("DROP FUNCTION service_session_span(integer, timestamptz, timestamptz)")
