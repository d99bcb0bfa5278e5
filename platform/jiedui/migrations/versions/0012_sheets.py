"""Sheets that come in, their rows, and what the national system is known to hold of each child.

Revision ID: 0012
Revises: 0011
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """The tables."""
    op.create_table('import_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('county_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('state', sa.Enum('uploaded', 'checked', 'refused', 'taking', 'taken', 'dropped', name='sheetstate_known', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('file', sa.LargeBinary(), nullable=True),
    sa.Column('heads', sa.LargeBinary(), nullable=False),
    sa.Column('layout', sa.JSON(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('fault', sa.String(length=40), nullable=True),
    sa.Column('fault_what', sa.String(length=400), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('uploaded_by', sa.Integer(), nullable=True),
    sa.Column('acting_for', sa.Integer(), nullable=True),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_by', sa.Integer(), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('emptied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'taken') = (taken_at IS NOT NULL)", name=op.f('ck_import_batch_taken_at')),
    sa.CheckConstraint("state NOT IN ('taking', 'taken') OR taken_by IS NOT NULL", name=op.f('ck_import_batch_taken_by')),
    sa.ForeignKeyConstraint(['acting_for'], ['account.id'], name=op.f('fk_import_batch_acting_for_account')),
    sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_import_batch_county_id_region')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_import_batch_job_id_job')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_import_batch_region_id_region')),
    sa.ForeignKeyConstraint(['taken_by'], ['account.id'], name=op.f('fk_import_batch_taken_by_account')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['account.id'], name=op.f('fk_import_batch_uploaded_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch'))
    )
    op.create_index('ix_import_batch_county_id_kind_state', 'import_batch', ['county_id', 'kind', 'state'], unique=False)
    op.create_index('ix_import_batch_fingerprint', 'import_batch', ['county_id', 'kind', 'fingerprint'], unique=False)
    op.create_table('import_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('cells', sa.LargeBinary(), nullable=True),
    sa.Column('verdict', sa.Enum('waiting', 'new', 'changed', 'same', 'double', 'faulty', name='verdict_known', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=True),
    sa.Column('problems', sa.JSON(), nullable=False),
    sa.Column('candidates', sa.JSON(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('choice', sa.Enum('same person', 'another', name='choice_known', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('chosen_id', sa.Integer(), nullable=True),
    sa.Column('taken', sa.Boolean(), nullable=False),
    sa.Column('object_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(choice = 'same person') = (chosen_id IS NOT NULL)", name=op.f('ck_import_row_chosen')),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_import_row_batch_id_import_batch')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_row')),
    sa.UniqueConstraint('batch_id', 'line', name=op.f('uq_import_row_batch_id_line'))
    )
    op.create_index('ix_import_row_batch_id_key', 'import_row', ['batch_id', 'key'], unique=False)
    op.create_index('ix_import_row_batch_id_verdict', 'import_row', ['batch_id', 'verdict'], unique=False)
    op.create_table('national_copy',
    sa.Column('child_id', sa.Integer(), nullable=False),
    sa.Column('county_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('cells', sa.LargeBinary(), nullable=False),
    sa.Column('line', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['child_id'], ['child.id'], name=op.f('fk_national_copy_child_id_child')),
    sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_national_copy_county_id_region')),
    sa.PrimaryKeyConstraint('child_id', name=op.f('pk_national_copy'))
    )
    op.create_index(op.f('ix_national_copy_county_id'), 'national_copy', ['county_id'], unique=False)


def downgrade() -> None:
    """Without them."""
    op.drop_table("national_copy")
    op.drop_table("import_row")
    op.drop_table("import_batch")
