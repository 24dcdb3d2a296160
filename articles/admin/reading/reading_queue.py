"""The place of an article among those that wait for a member."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.models import Member
from articles.workflow.queues import waiting_for


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """The number of an article in a queue, and the ids of those before and after it.

    The number is 0 for an article that is not in the queue: the first one comes after it. After
    the last one comes the first one again.
    """

    number: int
    total: int
    before: int | None
    after: int | None

    @classmethod
    def of(cls, pk: int, queue: Sequence[int]) -> "QueuePlace":
        """Find an article in a queue."""
        if pk not in queue:
            return cls(0, len(queue), None, next(iter(queue), None))
        at = queue.index(pk)
        others = [*queue[at + 1 :], *queue[:at]]
        before, after = (others[-1], others[0]) if others else (None, None)
        return cls(at + 1, len(queue), before, after)


def queue_of(member: Member) -> list[int]:
    """Return the ids of the articles that wait for a member, oldest first. One query."""
    return list(waiting_for(member).values_list("pk", flat=True))
