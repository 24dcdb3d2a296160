"""What was decided on the conflict page, as values that can be saved."""

from dataclasses import dataclass, replace

from django.core import signing
from django.core.exceptions import BadRequest, ValidationError
from django.http import QueryDict

from articles.content.copy import Copy
from articles.content.merge import Merge, merge
from articles.editing import saving
from articles.editing.forms import OPENED, SERIAL, VERSION, ArticleForm, load_base
from articles.editing.saving import BaseVersion, Submission
from articles.models import Article
from articles.models.working_copy import Pairs

from .conflict_page import LINES, LISTS, TypedForm

# The field that says: this comes from the conflict page.
RESOLUTION = "_settling"
TEXTS = (*LINES, "body")


@dataclass(frozen=True, slots=True)
class Resolution:
    """A decided conflict.

    `typed` is the form that met the conflict, with its texts as edited on the page since;
    `decided`, on top of `base`, is what to save: None where a decision is missing or a text has
    `errors`.
    """

    typed: TypedForm
    base: BaseVersion
    decided: Submission | None
    edited: dict[str, str]
    errors: list[str]

    @classmethod
    def of(cls, post: QueryDict, article: Article | None) -> "Resolution":
        """Return what a conflict page posts. Raises BadRequest where it is damaged.

        Two queries at most.
        """
        base = load_base({VERSION: post.get("_theirs", ""), OPENED: post.get("_facts", "")})
        theirs = article and article.revisions.filter(number=base.version).first()
        try:
            typed = TypedForm.load(post.get("_typed", ""))
        except signing.BadSignature:
            typed = None
        if theirs is None or base.metadata is None or typed is None:
            raise BadRequest("The form of the conflict page is damaged.")
        mine = typed.submission
        edited, errors = _edited_texts(post)
        before = saving.base_content(article, typed.base, theirs)
        copy = _decide(merge(before=before, mine=mine.copy, theirs=theirs.copy), edited, post)
        disputed = saving.disputed_metadata(
            base.metadata, mine, typed.base, is_known=before is not None
        )
        chosen = _decide_metadata(mine, typed.base, base, disputed, post)
        decided = None
        if copy is not None and chosen is not None and not errors:
            decided = Submission(copy, chosen, _decide_links(mine, typed.base, base))
        return cls(_with_texts(typed, edited), base, decided, edited, errors)

    def merge_pairs(self, pairs: Pairs) -> Pairs:
        """Return the fields of a form with the texts as edited since."""
        return [*(dict(pairs) | self.edited).items()]


def _edited_texts(post: QueryDict) -> tuple[dict[str, str], list[str]]:
    """Return the texts edited on the page, and what is wrong with them."""
    texts, errors = {}, []
    for name in TEXTS:
        if f"own-{name}" in post:
            texts[name], field = post[f"own-{name}"], ArticleForm.base_fields[name]
            try:
                texts[name] = field.clean(texts[name])
            except ValidationError as error:
                errors += [f"{field.label}：{message}" for message in error.messages]
    return texts, errors


def _with_texts(typed: TypedForm, edited: dict[str, str]) -> TypedForm:
    serial = int(typed.carried[SERIAL]) + 1  # More was typed.
    submission = replace(typed.submission, copy=replace(typed.submission.copy, **edited))
    return replace(typed, submission=submission, carried={**typed.carried, SERIAL: str(serial)})


def _decide(merged: Merge, edited: dict[str, str], post: QueryDict) -> Copy | None:
    """Return both sides' words as they were decided; None where a decision is missing."""
    decided = {}
    for name in merged.disputed:
        mine, theirs = getattr(merged.copy, name), getattr(merged.other, name)
        match post.get(f"choice-{name}"):
            case "mine":
                decided[name] = edited.get(name, mine)
            case "theirs":
                decided[name] = theirs
            case "both" if name in LISTS:
                decided[name] = (*mine, *(row for row in theirs if row not in mine))
            case _:
                return None
    return replace(merged.copy, **decided)


def _decide_metadata(
    mine: Submission, opened: BaseVersion, theirs: BaseVersion, disputed, post: QueryDict
) -> dict | None:
    """Return the metadata as decided; None where a decision is missing."""
    decided = {}
    for name, value in mine.metadata.items():
        choice = post.get(f"choice-{name}")
        if name in disputed and choice not in ("mine", "theirs"):
            return None
        is_changed = (opened.metadata or {}).get(name, ...) != value
        is_mine = choice == "mine" if name in disputed else is_changed
        decided[name] = value if is_mine else theirs.metadata.get(name)
    return decided


def _decide_links(mine: Submission, opened: BaseVersion, theirs: BaseVersion) -> dict:
    """Return the links of bylines: mine where I changed them, else theirs."""
    return {**mine.links} | {
        byline: contributor
        for byline, contributor in theirs.links.items()
        if byline not in mine.links or mine.links[byline] == opened.links.get(byline)
    }
