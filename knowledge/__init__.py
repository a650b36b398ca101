"""What the coach knows: the articles made from the two training documents, and the search over them.

This room knows nothing of Telegram, databases or the clock: text in, articles out.
"""
