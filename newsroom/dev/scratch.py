"""A site of its own in memory: the roles, the sample issue, one issue out and one to come."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_databases

# Noon of the day after the sample issue, by the newsroom's clock.
NOW = datetime(2024, 7, 28, 4, 0, tzinfo=UTC)
SAMPLE_DAY, NEXT_DAY = date(2024, 7, 27), date(2024, 7, 29)
LEFT_TO_DEFAULTS = (
    "ACCEL_REDIRECT",
    "CSRF_TRUSTED_ORIGINS",
    "LANGUAGE_CODE",
    "MEDIA_STORE",
    "REVIEW_RULES",
    "REVIEW_STAGES",
    "STANDBY_URL",
    "TIME_ZONE",
)
LONG = (
    "<p>昨天上午，云溪区第三个便民服务点在河埠路启用。附近居民前来办事。</p>"
    "<h2>少走路</h2><p>服务点设有<strong>八个窗口</strong>，可以办理六十项业务。</p>"
    "<blockquote><p>“以前要走半个小时，现在下楼就到。”</p></blockquote>"
    "<ul><li><p>办证</p></li><li><p>缴费</p></li></ul>"
    "<table><tbody><tr><th><p>窗口</p></th><th><p>业务</p></th></tr>"
    "<tr><td><p>一号</p></td><td><p>12 项</p></td></tr></tbody></table>"
    '<p>详见 <a href="https://example.org/">区政府网站</a>。</p>'
)
SHORT = "<p>区里计划年内再建三个便民服务点。</p>"
VERSE = "<p>一池荷叶一池风<br>半是青青半是红</p>"
# The articles of an issue by page: headline, genre, body, status, other facts.
PLAN = {
    "A1": [
        ("云溪区第三个便民服务点启用 居民少走路", "news", LONG, "signed", {"kicker": "民生实事"}),
        ("", "photo", SHORT, "signed", {}),
        ("云溪区人民代表大会常务委员会公告", "notice", SHORT, "draft", {}),
    ],
    "A2": [
        ("让服务再近一步", "commentary", LONG, "first_review", {"deck": "写在服务点启用之际"}),
        ("荷塘小景", "literary", VERSE, "final_review", {}),
        ("一条等着核实的消息", "news", SHORT, "held", {}),
    ],
}


class AnyDatetime(type):
    """Lets isinstance(…, StoppedClock) hold for every datetime."""

    def __instancecheck__(cls, instance):
        return isinstance(instance, datetime)


class StoppedClock(datetime, metaclass=AnyDatetime):
    """A clock that always shows NOW."""

    @classmethod
    def now(cls, tz=None):
        return NOW.astimezone(tz)


def rows(model: str, app: str = "articles"):
    """Return the manager of a model by its name."""
    return apps.get_model(app, model).objects


def prepare_environment(folder: Path) -> None:
    """Let the settings find their files in a folder, and nothing that is set outside."""
    os.environ |= dict.fromkeys(LEFT_TO_DEFAULTS, "") | {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DATABASE_URL": f"sqlite:///{folder}/never_opened.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "CACHE_URL": f"filecache://{folder}/cache",
        "ALLOWED_HOSTS": "testserver",
        "SECRET_KEY": "for-a-site-that-nobody-can-reach-and-that-ends-with-this-process",
        "DEBUG": "0",
    }


@contextmanager
def scratch_site() -> Iterator[None]:
    """Set Django up, once in a process, on a migrated database in memory with a small paper.

    Its clock stands still, so that the same code always makes the same paper.
    """
    stopped = mock.patch("django.utils.timezone.datetime", StoppedClock)
    with TemporaryDirectory() as name, stopped:
        prepare_environment(Path(name))
        django.setup()
        settings.STATIC_ROOT = Path(name) / "static"
        call_command("collectstatic", interactive=False, verbosity=0)
        setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        call_command("loaddata", "roles", "sample_issue", verbosity=0)
        make_issue(issued_on=SAMPLE_DAY, edition=2, released_at=NOW - timedelta(hours=6))
        make_issue(issued_on=NEXT_DAY)
        yield


def make_issue(**facts):
    """Make an issue as planned; once it is released all of it is signed."""
    issue = rows("Issue").create(serial=8, **facts)
    for label, planned in PLAN.items():
        page = rows("Page").create(issue=issue, label=label, name="要闻", editor="林晓禾")
        for position, (headline, genre, body, status, others) in enumerate(planned, 1):
            status = "signed" if issue.released_at else status
            facts = {"genre": genre, "body": body, "status": status} | others
            fill(rows("Article").create(page=page, position=position, headline=headline, **facts))
    return issue


def fill(article) -> None:
    """Give an article its signatures and tags, and a picture if it is photo news."""
    writer = rows("Contributor").order_by("pk").first()
    rows("Byline").create(
        article=article, position=1, role="记者", name=writer.name, contributor=writer
    )
    rows("Byline").create(article=article, position=2, role="通讯员", name="周一鸣")
    article.tags.add("民生", "便民服务")
    if article.genre == "photo":
        article.column = rows("Column").order_by("pk").first()
        article.save()
        photo = rows("Photo").order_by("pk").first()
        rows("Caption").create(article=article, position=1, photo=photo)


def signed_in(*, role: str = "") -> Client:
    """Return a browser of a new member in a role; of an administrator where none is named."""
    member = rows("Member").create(username=role or "guanli", is_staff=True, is_superuser=not role)
    if role:
        member.groups.add(rows("Group", "auth").get(name=role))
    client = Client()
    client.force_login(member)
    return client
