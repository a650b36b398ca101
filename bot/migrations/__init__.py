"""Alembic's revisions of the tables. A new one: `.venv/bin/alembic revision --autogenerate -m "add ..."`."""
