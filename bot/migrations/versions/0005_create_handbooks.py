"""Create handbooks, their passages, answers of leads, and the index in which they are searched

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handbook",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_id", sa.String(length=256), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("scanned", sa.Integer(), nullable=False),
        sa.Column("headings", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("problem", sa.String(length=64), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_handbook_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_handbook_team_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handbook")),
    )
    with op.batch_alter_table("handbook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handbook_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_handbook_state", ["state"], unique=False)
        batch_op.create_index("ix_handbook_team_id_name", ["team_id", "name"], unique=False)

    op.create_table(
        "team_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_team_answer_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_answer_team_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_answer")),
    )
    with op.batch_alter_table("team_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_answer_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_team_answer_team_id"), ["team_id"], unique=False)

    op.create_table(
        "passage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handbook_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["team_answer.id"], name=op.f("fk_passage_answer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_passage_handbook_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_passage_team_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_passage_answer_id")),
        sa.UniqueConstraint("handbook_id", "position", name="uq_passage_handbook_id_position"),
    )
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passage_team_id"), ["team_id"], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        # Neither text nor places nor sizes are kept: bot/services/passages.py asks only which passages hold a term.
        op.execute(
            "CREATE VIRTUAL TABLE passage_index USING fts5(terms, content='', detail='none', columnsize=0,"
            " tokenize=\"unicode61 remove_diacritics 0 tokenchars ':'\")"
        )
    else:
        op.execute(
            "CREATE TABLE passage_index (passage_id BIGINT PRIMARY KEY REFERENCES passage (id) ON DELETE CASCADE,"
            " terms TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_passage_index_terms ON passage_index USING gin (terms)")


def downgrade() -> None:
    op.execute("DROP TABLE passage_index")
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passage_team_id"))

    op.drop_table("passage")
    with op.batch_alter_table("team_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_answer_team_id"))
        batch_op.drop_index(batch_op.f("ix_team_answer_person_id"))

    op.drop_table("team_answer")
    with op.batch_alter_table("handbook", schema=None) as batch_op:
        batch_op.drop_index("ix_handbook_team_id_name")
        batch_op.drop_index("ix_handbook_state")
        batch_op.drop_index(batch_op.f("ix_handbook_person_id"))

    op.drop_table("handbook")
