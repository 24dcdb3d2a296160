"""Posts a form of the desk as a browser would: with everything the page filled in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

from articles import revisions
from articles.models import Article

from .factories import make_member


def signed_in(member=None, **facts) -> Client:
    """Return a browser in which a member of the desk (a superuser by default) is signed in."""
    client = Client()
    facts = {"is_superuser": True} if member is None and not facts else facts
    client.force_login(member or make_member(username="guanli", is_staff=True, **facts))
    return client


@dataclass
class _Control:
    """An input, textarea or select of a form, as written in the HTML."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    options: list[dict[str, str | None]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("name") or ""

    @property
    def value(self) -> str | None:
        """Return what is sent; None where nothing is."""
        kind = self.attributes.get("type")
        if self.tag == "textarea":
            return self.text.removeprefix("\n")
        if self.tag == "select":
            chosen = [option for option in self.options if "selected" in option]
            return (chosen or self.options or [{}])[0].get("value") or ""
        is_box = kind in ("checkbox", "radio")
        if kind in ("submit", "button", "file") or is_box and "checked" not in self.attributes:
            return None
        return self.attributes.get("value") or ""


class _FormParser(HTMLParser):
    """Collects the controls of the form with an id, ten times as fast as html5lib."""

    def __init__(self, form_id: str):
        super().__init__()
        self.form_id, self.is_inside, self.is_text = form_id, False, False
        self.controls: list[_Control] = []

    def handle_starttag(self, tag, attrs):
        if tag == "form":
            self.is_inside = ("id", self.form_id) in attrs
        elif self.is_inside and tag in ("input", "textarea", "select"):
            self.controls.append(_Control(tag, dict(attrs)))
            self.is_text = tag == "textarea"
        elif self.is_inside and tag == "option":
            self.controls[-1].options.append(dict(attrs))

    def handle_endtag(self, tag):
        self.is_inside = self.is_inside and tag != "form"
        self.is_text = self.is_text and tag != "textarea"

    def handle_data(self, data):
        if self.is_text:
            self.controls[-1].text += data


def fields(response, form_id: str) -> dict[str, str]:
    """Return the names and values that the form with an id would send.

    Without its buttons, and without the token, which the test client does not need.
    """
    parser = _FormParser(form_id)
    parser.feed(response.content.decode().replace("\r\n", "\n"))
    parser.close()
    assert parser.controls, f"no form {form_id}"
    return {
        control.name: control.value
        for control in parser.controls
        if control.name not in ("", "csrfmiddlewaretoken")
        and "__prefix__" not in control.name
        and "disabled" not in control.attributes
        and control.value is not None
    }


ARTICLE_ADD_URL = "/admin/articles/article/add/"


def article_data(*, bylines=(), captions=(), stored=0, **fields) -> dict:
    """Return what the article form posts; a row is a dict, `stored` of the bylines have an id."""
    form = {
        "genre": "news",
        "page": "",
        "column": "",
        "rank": "",
        "kicker": "",
        "headline": "",
        "deck": "",
        "dateline": "",
        "body": "",
        "source": "",
        "tags": "",
        "_continue": "1",
    } | fields
    for prefix, rows in (("bylines", bylines), ("captions", captions)):
        form |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            form |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    form["bylines-INITIAL_FORMS"] = stored
    return form


def article_url(article) -> str:
    """Return the address of the article form."""
    return f"/admin/articles/article/{article.pk}/change/"


def bylines_of(article) -> list[tuple]:
    """Return position, role and name of each byline of an article."""
    return list(article.bylines.values_list("position", "role", "name"))


def byline_rows(article) -> list[dict]:
    """Return the stored bylines as the form posts them."""
    return [
        {
            "id": row.pk,
            "article": article.pk,
            "order": row.position,
            "role": row.role,
            "name": row.name,
            "contributor": row.contributor_id or "",
        }
        for row in article.bylines.all()
    ]


def open_form(client, article) -> dict:
    """Return the article form as a window shows it."""
    return fields(client.get(article_url(article)), "article_form") | {"_continue": "1"}


def resolve_conflict(client, response, **decided):
    """Send the conflict screen with what was decided."""
    form = fields(response, "conflict_form")
    return client.post(response.request["PATH_INFO"], form | decided)


def stored_copy(article):
    """Return the Copy of an article as it is stored now."""
    return revisions.read(Article.objects.get(pk=article.pk))
