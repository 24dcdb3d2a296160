"""Open article forms, as their scripts speak to the server."""

import json
from uuid import uuid4

import pytest

from articles.models import Article, Member

from . import factories
from .form_helpers import signed_in

AT = "/admin/articles/article/working-copies/"


@pytest.fixture
def reporter(roles) -> Member:
    return roles("记者")


@pytest.fixture
def draft(db) -> Article:
    return factories.make_article(status="draft", headline="旧题", paragraphs=["原来的正文。"])


class Window:
    """One open form of one member, as its script speaks to the server."""

    def __init__(self, member: Member, article: Article | None = None, *, client=None, version=0):
        self.client = client or signed_in(member)
        self.member, self.article, self.version = member, article, version
        self.window, self.serial = str(uuid4()), 0

    def say(self, door="keep", **more):
        said = {
            "member": self.member.pk,
            "article": self.article and self.article.pk,
            "window": self.window,
            "serial": self.serial,
            "version": self.version,
        }
        body = json.dumps(said | more)
        return self.client.post(f"{AT}{door}/", body, content_type="application/json")

    def type(self, **typed):
        """Keep fields as typed; names and values in order."""
        self.serial += 1
        return self.say(fields=list(typed.items()))

    def offers(self, **more) -> dict:
        return self.say("offers", **more).json()
