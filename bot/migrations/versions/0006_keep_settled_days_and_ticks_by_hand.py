"""Let a planned account keep the day on which it was settled, and a draft what was ticked by hand

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("planned_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settled_on", sa.Date(), nullable=True))

    with op.batch_alter_table("day_draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_hand", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("day_draft", schema=None) as batch_op:
        batch_op.drop_column("by_hand")

    with op.batch_alter_table("planned_account", schema=None) as batch_op:
        batch_op.drop_column("settled_on")
