"""Who has the guardianship of a child; agreements by which children are entrusted to a carer.

New tables only; going down forgets them.

Revision ID: 0010
Revises: 0009
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Guardianships, talks before departure, agreements and their scans."""
    op.create_table('departure_talk',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('county_id', sa.Integer(), nullable=False),
        sa.Column('household_id', sa.Integer(), nullable=False),
        sa.Column('guardian_id', sa.Integer(), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('how', sa.Enum('in person', 'telephone', 'video', name='talkhow_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('option', sa.Enum('takes along', 'one stays', 'entrusts', 'undecided', name='option_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('leaves_on', sa.Date(), nullable=True),
        sa.Column('home_for_festival', sa.Boolean(), nullable=True),
        sa.Column('note', sa.LargeBinary(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_account', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['by_account'], ['account.id'], name=op.f('fk_departure_talk_by_account_account')),
        sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_departure_talk_county_id_region')),
        sa.ForeignKeyConstraint(['guardian_id'], ['guardian.id'], name=op.f('fk_departure_talk_guardian_id_guardian')),
        sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_departure_talk_household_id_household')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_departure_talk'))
    )
    op.create_index('ix_departure_talk_household_id_on', 'departure_talk', ['household_id', 'on'], unique=False)
    op.create_table('entrustment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('county_id', sa.Integer(), nullable=False),
        sa.Column('household_id', sa.Integer(), nullable=False),
        sa.Column('principal_id', sa.Integer(), nullable=False),
        sa.Column('second_id', sa.Integer(), nullable=True),
        sa.Column('carer_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.Enum('work away', 'illness', 'custody', 'study or service', 'other', name='leavereason_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('state', sa.Enum('drafted', 'printed', 'signed', 'expired', 'ended', 'replaced', name='paperstate_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('starts', sa.Date(), nullable=True),
        sa.Column('ends', sa.Date(), nullable=True),
        sa.Column('monthly_fen', sa.Integer(), nullable=True),
        sa.Column('emergency_name', sa.LargeBinary(), nullable=True),
        sa.Column('emergency_phone', sa.LargeBinary(), nullable=True),
        sa.Column('services', sa.JSON(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_by', sa.Integer(), nullable=True),
        sa.Column('signed_on', sa.Date(), nullable=True),
        sa.Column('signers', sa.JSON(), nullable=False),
        sa.Column('holder', sa.LargeBinary(), nullable=True),
        sa.Column('witness', sa.LargeBinary(), nullable=True),
        sa.Column('declared_harm', sa.Enum('free', 'found', name='declared_harm_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('declared_habits', sa.Enum('free', 'found', name='declared_habits_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('declared_refused_duty', sa.Enum('free', 'found', name='declared_refused_duty_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('declared_unfit', sa.Enum('free', 'found', name='declared_unfit_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('fit_health', sa.Enum('good', 'doubtful', 'unfit', name='fit_health_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('fit_home', sa.Enum('good', 'doubtful', 'unfit', name='fit_home_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('fit_bond', sa.Enum('good', 'doubtful', 'unfit', name='fit_bond_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('fit_character', sa.Enum('good', 'doubtful', 'unfit', name='fit_character_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('told_school_on', sa.Date(), nullable=True),
        sa.Column('told_school', sa.LargeBinary(), nullable=True),
        sa.Column('told_village_on', sa.Date(), nullable=True),
        sa.Column('told_village', sa.LargeBinary(), nullable=True),
        sa.Column('end_reason', sa.Enum('parents back', 'joined parents', 'other guardian', 'carer unable', 'carer excluded', 'parents withdrew', 'of age', 'not needed', 'files closed', name='endreason_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('ended_on', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'ended') = (end_reason IS NOT NULL)", name=op.f('ck_entrustment_ended')),
        sa.CheckConstraint("signed_on IS NULL OR (COALESCE(declared_harm, '') = 'free' AND COALESCE(declared_habits, '') = 'free' AND COALESCE(declared_refused_duty, '') = 'free' AND COALESCE(declared_unfit, '') = 'free')", name=op.f('ck_entrustment_declared')),
        sa.CheckConstraint("signed_on IS NULL OR (COALESCE(fit_health, 'unfit') <> 'unfit' AND COALESCE(fit_home, 'unfit') <> 'unfit' AND COALESCE(fit_bond, 'unfit') <> 'unfit' AND COALESCE(fit_character, 'unfit') <> 'unfit')", name=op.f('ck_entrustment_fit')),
        sa.CheckConstraint("state IN ('drafted', 'printed', 'ended', 'replaced') OR signed_on IS NOT NULL", name=op.f('ck_entrustment_signed')),
        sa.CheckConstraint('carer_id <> principal_id AND (second_id IS NULL OR (carer_id <> second_id AND principal_id <> second_id))', name=op.f('ck_entrustment_parties')),
        sa.CheckConstraint('ends IS NULL OR starts IS NULL OR ends >= starts', name=op.f('ck_entrustment_dates')),
        sa.CheckConstraint('monthly_fen IS NULL OR monthly_fen >= 0', name=op.f('ck_entrustment_money')),
        sa.CheckConstraint('signed_on IS NULL OR (starts IS NOT NULL AND ends IS NOT NULL AND holder IS NOT NULL)', name=op.f('ck_entrustment_term')),
        sa.ForeignKeyConstraint(['carer_id'], ['guardian.id'], name=op.f('fk_entrustment_carer_id_guardian')),
        sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_entrustment_county_id_region')),
        sa.ForeignKeyConstraint(['household_id'], ['household.id'], name=op.f('fk_entrustment_household_id_household')),
        sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_entrustment_made_by_account')),
        sa.ForeignKeyConstraint(['principal_id'], ['guardian.id'], name=op.f('fk_entrustment_principal_id_guardian')),
        sa.ForeignKeyConstraint(['second_id'], ['guardian.id'], name=op.f('fk_entrustment_second_id_guardian')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_entrustment'))
    )
    op.create_index('ix_entrustment_county_id_state_ends', 'entrustment', ['county_id', 'state', 'ends'], unique=False)
    op.create_index(op.f('ix_entrustment_household_id'), 'entrustment', ['household_id'], unique=False)
    op.create_table('entrusted_child',
        sa.Column('entrustment_id', sa.Integer(), nullable=False),
        sa.Column('child_id', sa.Integer(), nullable=False),
        sa.Column('heard', sa.Enum('agrees', 'disagrees', 'too young', name='heard_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('living', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['child_id'], ['child.id'], name=op.f('fk_entrusted_child_child_id_child')),
        sa.ForeignKeyConstraint(['entrustment_id'], ['entrustment.id'], name=op.f('fk_entrusted_child_entrustment_id_entrustment')),
        sa.PrimaryKeyConstraint('entrustment_id', 'child_id', name=op.f('pk_entrusted_child'))
    )
    op.create_index('uq_entrusted_child_living', 'entrusted_child', ['child_id'], unique=True, sqlite_where=sa.text('living'), postgresql_where=sa.text('living'))
    op.create_table('entrustment_move',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('entrustment_id', sa.Integer(), nullable=False),
        sa.Column('old', sa.Enum('drafted', 'printed', 'signed', 'expired', 'ended', 'replaced', name='old_known', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('new', sa.Enum('drafted', 'printed', 'signed', 'expired', 'ended', 'replaced', name='new_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_account', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['by_account'], ['account.id'], name=op.f('fk_entrustment_move_by_account_account')),
        sa.ForeignKeyConstraint(['entrustment_id'], ['entrustment.id'], name=op.f('fk_entrustment_move_entrustment_id_entrustment')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_entrustment_move'))
    )
    op.create_index(op.f('ix_entrustment_move_entrustment_id'), 'entrustment_move', ['entrustment_id'], unique=False)
    op.create_table('entrustment_scan',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('county_id', sa.Integer(), nullable=False),
        sa.Column('entrustment_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('jpeg', 'png', 'pdf', name='uploadkind_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_account', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['by_account'], ['account.id'], name=op.f('fk_entrustment_scan_by_account_account')),
        sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_entrustment_scan_county_id_region')),
        sa.ForeignKeyConstraint(['entrustment_id'], ['entrustment.id'], name=op.f('fk_entrustment_scan_entrustment_id_entrustment')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_entrustment_scan'))
    )
    op.create_index(op.f('ix_entrustment_scan_entrustment_id'), 'entrustment_scan', ['entrustment_id'], unique=False)
    op.create_table('guardianship',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('county_id', sa.Integer(), nullable=False),
        sa.Column('child_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.Enum('not looked at', 'parents', 'entrusted', 'other guardian', 'temporary', 'long term', 'nobody', 'ended', name='guardstate_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('ground', sa.Enum('parents care', 'parents back', 'given back', 'agreement', 'by word', 'in order', 'by will', 'agreed', 'appointed', 'adopted', 'not found', 'missing', 'prevented', 'refuses', 'abets', 'harms', 'never found', 'dead', 'incapable', 'revoked', 'by law', 'lives alone', 'nobody able', 'carer gone', 'of age', 'died', name='ground_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'not looked at'", name=op.f('ck_guardianship_looked_at')),
        sa.ForeignKeyConstraint(['child_id'], ['child.id'], name=op.f('fk_guardianship_child_id_child')),
        sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_guardianship_county_id_region')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_guardianship')),
        sa.UniqueConstraint('child_id', name=op.f('uq_guardianship_child_id'))
    )
    op.create_index('ix_guardianship_county_id_state', 'guardianship', ['county_id', 'state'], unique=False)
    op.create_table('guardianship_move',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('county_id', sa.Integer(), nullable=False),
        sa.Column('child_id', sa.Integer(), nullable=False),
        sa.Column('old', sa.Enum('not looked at', 'parents', 'entrusted', 'other guardian', 'temporary', 'long term', 'nobody', 'ended', name='old_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('new', sa.Enum('not looked at', 'parents', 'entrusted', 'other guardian', 'temporary', 'long term', 'nobody', 'ended', name='new_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('ground', sa.Enum('parents care', 'parents back', 'given back', 'agreement', 'by word', 'in order', 'by will', 'agreed', 'appointed', 'adopted', 'not found', 'missing', 'prevented', 'refuses', 'abets', 'harms', 'never found', 'dead', 'incapable', 'revoked', 'by law', 'lives alone', 'nobody able', 'carer gone', 'of age', 'died', name='ground_known', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_account', sa.Integer(), nullable=True),
        sa.CheckConstraint('old <> new', name=op.f('ck_guardianship_move_moves')),
        sa.ForeignKeyConstraint(['by_account'], ['account.id'], name=op.f('fk_guardianship_move_by_account_account')),
        sa.ForeignKeyConstraint(['child_id'], ['child.id'], name=op.f('fk_guardianship_move_child_id_child')),
        sa.ForeignKeyConstraint(['county_id'], ['region.id'], name=op.f('fk_guardianship_move_county_id_region')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_guardianship_move'))
    )
    op.create_index(op.f('ix_guardianship_move_child_id'), 'guardianship_move', ['child_id'], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    """As before."""
    op.drop_table('guardianship_move')
    op.drop_table('guardianship')
    op.drop_table('entrustment_scan')
    op.drop_table('entrustment_move')
    op.drop_table('entrusted_child')
    op.drop_table('entrustment')
    op.drop_table('departure_talk')
