"""The table of workflow moves (三审): from which statuses to which, with which permission.

    draft 草稿 → first_review 待一审 → second_review 待二审 → final_review 待三审 → signed 已签发

A status says what the article waits for. `transitions.move` makes a move.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from articles.models import Status


class MoveRefusedError(Exception):
    """A move is refused; the text says why."""


REVIEWING = (Status.FIRST_REVIEW, Status.SECOND_REVIEW, Status.FINAL_REVIEW)
LIVE = (Status.DRAFT, *REVIEWING, Status.SIGNED)


@dataclass(frozen=True, slots=True)
class Move:
    """One move: from which statuses to which, and the permission for it.

    `target` None means the next review stage.
    """

    label: str
    done: str
    sources: tuple[Status, ...]
    target: Status | None
    permission: str
    needs_note: bool = False
    is_review: bool = False

    @property
    def is_forward(self) -> bool:
        """Tell whether the move brings an article nearer to print."""
        return self.is_review or self.target is None


MOVES = {
    "submit": Move(
        label=_("Submit for review"),
        done=_("Submitted for review."),
        sources=(Status.DRAFT, Status.HELD, Status.WITHDRAWN),
        target=None,
        permission="articles.submit_article",
    ),
    "pass_first": Move(
        label=_("Pass first review"),
        done=_("Passed first review."),
        sources=(Status.FIRST_REVIEW,),
        target=None,
        permission="articles.pass_first_review",
        is_review=True,
    ),
    "pass_second": Move(
        label=_("Pass second review"),
        done=_("Passed second review."),
        sources=(Status.SECOND_REVIEW,),
        target=None,
        permission="articles.pass_second_review",
        is_review=True,
    ),
    "sign": Move(
        label=_("Sign off"),
        done=_("Signed off."),
        sources=(Status.FINAL_REVIEW,),
        target=Status.SIGNED,
        permission="articles.sign_article",
        is_review=True,
    ),
    "return": Move(
        label=_("Return to the author"),
        done=_("Returned."),
        sources=(*REVIEWING, Status.SIGNED, Status.HELD, Status.SPIKED),
        target=Status.DRAFT,
        permission="articles.return_article",
        needs_note=True,
    ),
    "hold": Move(
        label=_("Hold"),
        done=_("Held."),
        sources=LIVE,
        target=Status.HELD,
        permission="articles.return_article",
    ),
    "spike": Move(
        label=_("Spike"),
        done=_("Spiked."),
        sources=(Status.DRAFT, *REVIEWING, Status.HELD),
        target=Status.SPIKED,
        permission="articles.spike_article",
        needs_note=True,
    ),
    "withdraw": Move(
        label=_("Withdraw"),
        done=_("Withdrawn: readers no longer see it."),
        sources=(Status.SIGNED,),
        target=Status.WITHDRAWN,
        permission="articles.withdraw_article",
        needs_note=True,
    ),
}
REVIEW_MOVES = tuple(name for name, step in MOVES.items() if step.is_review)
# Other values of Review.move: what follows from a change of words, and back issues.
OTHER_LABELS = {
    "void": _("Words changed: to be read again"),
    "correct": _("Changed after publication"),
    "print": _("Printed, from the archive"),
}
LABELS = {name: step.label for name, step in MOVES.items()} | OTHER_LABELS


def stages() -> tuple[Status, ...]:
    """Return the review stages that this newsroom has, in order (REVIEW_STAGES, 1 to 3)."""
    return {1: (Status.FINAL_REVIEW,), 2: (Status.FIRST_REVIEW, Status.FINAL_REVIEW), 3: REVIEWING}[
        settings.REVIEW_STAGES
    ]


def readers_needed() -> int:
    """Return how many people at least must have read the words that are signed as they stand.

    With REVIEW_RULES "strict" all who review; with "amend" two, the one who signs included.
    """
    count = len(stages())
    return min(2, count) if settings.REVIEW_RULES == "amend" else count


def next_stage(status: str) -> Status:
    """Return the review stage after a status: the first one for a status before all stages."""
    passed = REVIEWING.index(status) + 1 if status in REVIEWING else 0
    return next(stage for stage in REVIEWING[passed:] if stage in stages())
