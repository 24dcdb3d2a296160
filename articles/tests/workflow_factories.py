"""People of the desk and articles at any point of the procedure, for tests."""

from dataclasses import replace

from django.contrib.auth.models import Permission

from articles import revisions
from articles.editing import saving
from articles.models import Article, Member, Review, Status
from articles.workflow import move

from .factories import make_article, make_issue, make_member, make_page, numbers

RIGHTS = [
    "submit_article",
    "pass_first_review",
    "pass_second_review",
    "sign_article",
    "return_article",
    "spike_article",
    "withdraw_article",
    "view_article",
    "change_article",
]
# The readings behind an article in each status: (move, from, to).
PATH = [
    ("submit", Status.DRAFT, Status.FIRST_REVIEW),
    ("pass_first", Status.FIRST_REVIEW, Status.SECOND_REVIEW),
    ("pass_second", Status.SECOND_REVIEW, Status.FINAL_REVIEW),
    ("sign", Status.FINAL_REVIEW, Status.SIGNED),
]
BEHIND = {
    Status.DRAFT: 0,
    Status.FIRST_REVIEW: 1,
    Status.SECOND_REVIEW: 2,
    Status.FINAL_REVIEW: 3,
    Status.SIGNED: 4,
    Status.HELD: 1,
    Status.SPIKED: 1,
    Status.WITHDRAWN: 4,
}
LEFT = {Status.HELD: "hold", Status.SPIKED: "spike", Status.WITHDRAWN: "withdraw"}


def member_who_may(*codenames, username=None) -> Member:
    """Make a member with rights of their own; all of the procedure's where none is named."""
    member = make_member(username=username or f"member-{next(numbers)}", is_staff=True)
    member.user_permissions.set(Permission.objects.filter(codename__in=codenames or RIGHTS))
    return member


def written(*, by: Member, **facts) -> Article:
    """Make a draft whose words a member has written."""
    article = make_article(**{"status": Status.DRAFT} | facts)
    revisions.record(article, by=by)
    return article


def rewritten(article: Article, *, by: Member, headline: str, reason="", notice="") -> Article:
    """Change the headline as the article form does; return the article as saved."""
    article = Article.objects.get(pk=article.pk)
    copy = replace(revisions.read(article), headline=headline)
    submission = saving.Submission(copy, saving.metadata_of(article))
    base = saving.BaseVersion(article.version, submission.metadata)
    change = {"by": by, "reason": reason, "notice": notice}
    saving.save(article.pk, submission, base=base, **change)
    return Article.objects.get(pk=article.pk)


def through(article: Article, *steps: tuple[str, Member]) -> Article:
    """Take an article through some moves, each by a member."""
    for name, member in steps:
        move(article, name, by=member, note="见批注")
    return article


def put_at(status: str, *, writer: Member, readers: list[Member], **facts) -> Article:
    """Make an article as it stands after the moves that lead to a status, by some readers."""
    article = make_article(status=status, **facts)
    revision = revisions.record(article, by=writer)
    steps = [*zip(PATH, [writer, *readers], strict=True)][: BEHIND[status]]
    if status in LEFT:
        steps.append(((LEFT[status], steps[-1][0][2], status), readers[-1]))
    Review.objects.bulk_create(
        Review(
            article=article,
            revision=revision,
            move=name,
            from_status=before,
            to_status=after,
            made_by=member,
            note="备注",
        )
        for (name, before, after), member in steps
    )
    return article


def on_a_page(*, released_at=None) -> dict:
    """Return the facts of an article that stands alone on a page of an issue of its own."""
    issue = make_issue(released_at=released_at, edition=next(numbers) % 30_000 + 1)
    return {"page": make_page(issue=issue), "position": 1}
