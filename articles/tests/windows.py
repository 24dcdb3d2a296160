"""Open article forms, as their scripts speak to the server."""

import json
from uuid import uuid4

from articles.models import Article, Member

from .posting import signed_in

AT = "/admin/articles/article/working-copies/"


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
