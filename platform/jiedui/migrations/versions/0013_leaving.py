"""What goes back to the national system and its answers; files of identified data and who agreed to them.

Revision ID: 0013
Revises: 0012
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """The tables."""
    op.create_table('child_export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('county_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.Enum('left_behind', 'orphan', 'de_facto_unattended', 'disabled', 'minimum_allowance', 'destitution_support', 'seriously_ill', 'other_hardship', name='category_known', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('reason', sa.Enum('duty_visit', 'medical', 'school', 'entitlement', 'protection', name='revealreason_known', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('purpose', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'making', 'ready', 'fetched', 'rejected', 'expired', name='exportstate_known', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_as', sa.Integer(), nullable=False),
    sa.Column('asked_office', sa.Enum('youth_league', 'womens_federation', 'civil_affairs', 'industry_federation', 'education', 'health', 'culture', 'emergency', 'medical_insurance', 'police', 'finance', name='office_known', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('asked_region_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fetch_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('file', sa.LargeBinary(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'fetched') = (fetched_at IS NOT NULL)", name=op.f('ck_child_export_fetched')),
    sa.CheckConstraint("state = 'ready' OR file IS NULL", name=op.f('ck_child_export_file')),
    sa.CheckConstraint("state NOT IN ('making', 'ready', 'fetched') OR approved_by IS NOT NULL", name=op.f('ck_child_export_approved')),
    sa.CheckConstraint('approved_by IS NULL OR (approved_by <> asked_by AND approved_by <> asked_as)', name=op.f('ck_child_export_two_persons')),
    sa.ForeignKeyConstraint(['approved_by'], ['account.id'], name=op.f('fk_child_export_approved_by_account')),
    sa.ForeignKeyConstraint(['asked_as'], ['account.id'], name=op.f('fk_child_export_asked_as_account')),
    sa.ForeignKeyConstraint(['asked_by'], ['account.id'], name=op.f('fk_child_export_asked_by_account')),
    sa.ForeignKeyConstraint(['asked_region_id'], ['region.id'], name=op.f('fk_child_export_asked_region_id_region')),
    sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_child_export_county_id_region')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_child_export_region_id_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_child_export'))
    )
    op.create_index('ix_child_export_county_id_state', 'child_export', ['county_id', 'state'], unique=False)
    op.create_table('national_return',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('county_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_national_return_county_id_region')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_national_return_made_by_account')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_national_return_region_id_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_national_return'))
    )
    op.create_index(op.f('ix_national_return_region_id'), 'national_return', ['region_id'], unique=False)
    op.create_table('national_return_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('return_id', sa.Integer(), nullable=False),
    sa.Column('child_id', sa.Integer(), nullable=False),
    sa.Column('fields', sa.LargeBinary(), nullable=False),
    sa.Column('cells', sa.LargeBinary(), nullable=False),
    sa.Column('line', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.Enum('sent', 'accepted', 'refused', name='returnstate_known', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['child_id'], ['child.id'], name=op.f('fk_national_return_row_child_id_child')),
    sa.ForeignKeyConstraint(['return_id'], ['national_return.id'], name=op.f('fk_national_return_row_return_id_national_return')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_national_return_row'))
    )
    op.create_index(op.f('ix_national_return_row_return_id'), 'national_return_row', ['return_id'], unique=False)
    op.create_index('uq_national_return_row_open', 'national_return_row', ['child_id'], unique=True, sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))


def downgrade() -> None:
    """Without them."""
    op.drop_table("national_return_row")
    op.drop_table("national_return")
    op.drop_table("child_export")
