"""The rules that judge habits: facts in, flags with their reasons out (docs/decisions/0003-rules-as-data.md).

This room knows nothing of Telegram, databases or the clock. `facts` says what a fact is, `catalogue/` holds the rules
as data, `compiler` and `lint` check them, `engine` runs them on durable_rules, `matcher` runs them again in plain
Python, `worker` keeps the engine in a process of its own, and `assessment` is what comes out.
"""
