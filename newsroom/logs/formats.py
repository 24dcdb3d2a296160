"""The two forms of the log: a line that people read, and JSON that programs read."""

import json
import logging

from .facts import facts_of

# What the line begins with; what else is known follows by its name.
FIRST = ("time", "level", "logger")
LAST = ("message", "traceback")


class LineFormatter(logging.Formatter):
    """Writes a record in one line: time, level, logger, name=value of the rest, the message."""

    def format(self, record):
        facts = facts_of(record)
        named = [
            f"{name}={'-' if value in (None, '') else value}"
            for name, value in facts.items()
            if name not in FIRST + LAST
        ]
        words = [facts[name] for name in LAST if facts.get(name)]
        return " ".join([*(facts[name] for name in FIRST), *named, " | ".join(words)])


class JsonFormatter(logging.Formatter):
    """Writes a record as a JSON object in one line."""

    def format(self, record):
        return json.dumps(facts_of(record), ensure_ascii=False, default=str)


class AccessFormatter(logging.Formatter):
    """Writes an answered request as a JSON object in one line; the same names as the log."""

    def format(self, record):
        facts = facts_of(record) | getattr(record, "answer", {})
        for name in ("level", "logger", "message"):
            del facts[name]
        return json.dumps(facts, ensure_ascii=False, default=str)
