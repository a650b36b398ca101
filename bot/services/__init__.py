"""Use cases: session first, then data and instants; no Telegram, no texts, no clock."""
