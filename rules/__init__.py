"""The rules that judge habits: facts in, flags with their reasons out (docs/decisions/0003-rules-as-data.md).

This room knows nothing of Telegram, databases or the clock. The arrows in pyproject.toml already guard it.
"""
