"""The reading process: a document's name on the first line of standard input, the document behind it."""

from __future__ import annotations

import json
import sys

from bot import apart
from bot.documents import ANSWER, PROCESSOR_SECONDS, Answer, read
from bot.documents.block import DocumentRefused


def main() -> None:
    """Read one document and say what is in it, as JSON."""
    apart.set_limits(PROCESSOR_SECONDS)
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        answer = Answer(read(data, json.loads(head)))
    except DocumentRefused as error:
        answer = Answer(refused=error.text_id, values=error.values)
    sys.stdout.buffer.write(ANSWER.dump_json(answer))


if __name__ == "__main__":
    main()
