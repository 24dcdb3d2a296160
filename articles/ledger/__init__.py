"""台账: what happened, entered in one chain of digests that shows whether it was changed."""

from .recording import asked_from, atomic, record, record_rows

__all__ = ["asked_from", "atomic", "record", "record_rows"]
