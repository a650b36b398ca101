"""Delivery is ours: nothing that people write is lost, and what the coach says arrives once and in order.

inbox (committed before Telegram is told) → order (one chat, one at a time) → outbox (same transaction as
the effects) → sender (Telegram's pace, retries). See docs/decisions/0002-delivery-is-ours.md.
"""
