"""The addresses of every page that readers see, and of those that show it to others before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.test import Client

from newsroom.dev.scratch import NEXT_DAY, NOW, SAMPLE_DAY, rows

DESK = "/admin/articles"
SINGLE = ("/", "/archive/", "/columns/", "/corrections/", "/about/", "/robots.txt")
NOT_FOUND = ("/nothing/", f"/{NEXT_DAY}/", f"/{SAMPLE_DAY - timedelta(days=9)}/", "/archive/1999/")


@dataclass(frozen=True)
class Asked:
    """An address, the statuses that it may answer with, and what is posted there, if anything."""

    path: str
    statuses: tuple[int, ...] = (200,)
    data: dict | None = None


def correct_and_withdraw() -> int:
    """Correct the first article of the sample issue and withdraw its third; return its key."""
    first, _, third, *_ = rows("Article").filter(page__issue__issued_on=SAMPLE_DAY).order_by("pk")
    chief = rows("Member").order_by("pk").first()
    for article in (first, third):
        rows("Revision").create(
            article=article, number=1, stored_copy="{}", change="edited", status="signed"
        )
    revision = {"revision": first.revisions.get(), "made_by": chief, "made_at": NOW}
    rows("Correction").create(article=first, notice="第二段的日期应为7月26日。", **revision)
    move = {"move": "withdraw", "from_status": "signed", "to_status": "withdrawn"}
    rows("Review").create(article=third, revision=third.revisions.get(), note="重复刊发", **move)
    rows("Article").filter(pk=third.pk).update(status="withdrawn")
    return third.pk


def for_readers(withdrawn: int) -> Iterator[Asked]:
    """Give every public address: the single pages, the papers, the lists, what is not there."""
    yield from map(Asked, SINGLE)
    issues = rows("Issue").filter(released_at__lte=NOW).order_by("pk")
    for issue in issues:
        yield from map(Asked, of_issue(start(issue), issue))
    months = {(issue.issued_on.year, issue.issued_on.month) for issue in issues}
    yield from (Asked(f"/archive/{year}/") for year in sorted({year for year, _ in months}))
    yield from (Asked(f"/archive/{year}/{month}/") for year, month in sorted(months))
    shown = rows("Article").filter(status="signed", page__issue__in=issues).order_by("pk")
    yield from (Asked(f"/articles/{article.pk}/") for article in shown.only("pk"))
    for name, model in lists().items():
        yield from (Asked(f"/{name}/{row.pk}/", (200, 404)) for row in model.order_by("pk"))
    yield Asked(f"/articles/{withdrawn}/", (410,))
    yield from (Asked(path, (404,)) for path in NOT_FOUND)


def lists() -> dict:
    """Return the models whose rows have a page, where it lists any article, by their addresses."""
    return {
        "columns": rows("Column"),
        "contributors": rows("Contributor"),
        "tags": rows("Tag", "taggit"),
    }


def start(issue) -> str:
    """Return the address of an issue."""
    extra = f"-{issue.edition}" if issue.edition > 1 else ""
    return f"/{issue.issued_on.isoformat()}{extra}/"


def of_issue(path: str, issue) -> Iterator[str]:
    """Give the addresses of an issue that begins at one: its front, the whole of it, its pages."""
    yield path
    yield f"{path}pages/"
    yield from (f"{path}{page.label}/" for page in issue.pages.order_by("pk"))


def for_the_desk(typed: dict) -> Iterator[Asked]:
    """Give the previews of the desk: of what is stored, and of a form as it was typed."""
    for issue in rows("Issue").filter(issued_on__gte=SAMPLE_DAY).order_by("pk"):
        yield Asked(f"{DESK}/issue/{issue.pk}/preview/")
        for article in rows("Article").filter(page__issue=issue).order_by("pk"):
            yield Asked(f"{DESK}/article/{article.pk}/preview/")
    yield Asked(f"{DESK}/article/preview/", data=typed)


def by_link(token: str) -> Iterator[Asked]:
    """Give what a preview link shows of the issue to come."""
    issue = rows("Issue").get(issued_on=NEXT_DAY)
    yield from map(Asked, of_issue(f"/preview/{token}/", issue))
    shown = rows("Article").filter(page__issue=issue).exclude(status="held").order_by("pk")
    yield from (Asked(f"/preview/{token}/articles/{article.pk}/") for article in shown)
    yield Asked("/preview/made-up/", (404,))


def preview_link(desk: Client) -> str:
    """Make a preview link at the desk; return what stands in its address."""
    issue = rows("Issue").get(issued_on=NEXT_DAY)
    path = f"{DESK}/issue/{issue.pk}/previews/"
    desk.post(path, {"_make": "1", "hours": "24"})
    shown = desk.get(path).content.decode()
    return shown.partition("/preview/")[2].partition("/")[0]
