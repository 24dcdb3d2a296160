"""A lead-in that the text repeats, though its fields print it: asked about before it is saved."""

from articles.content import article_html
from articles.documents.document_draft import cut_opening
from articles.editing.forms import ArticleForm
from articles.intake.parse.lead_ins import LeadIn, parse_lead_in

# The name and values of the buttons that answer.
LEAD_IN, TAKE, LEAVE = "_lead_in", "take", "leave"
# The buttons that save: which one was pressed goes along with the answer.
SAVING_BUTTONS = ("_save", "_continue", "_addanother", "_move")


class LeadInChoiceForm(ArticleForm):
    """An article form that asks whether the text keeps a lead-in that its fields print.

    `doubled_lead_in` is the lead-in in question; what was stored with it is not asked again.
    """

    doubled_lead_in = ""

    def clean(self):
        cleaned = super().clean()
        body = cleaned.get("body", "")
        found, answer = doubled_lead_in(cleaned.get("dateline", ""), body), self.data.get(LEAD_IN)
        if found and answer == TAKE:
            cleaned["body"] = without_lead_in(body, found)
        elif found and answer != LEAVE:
            stored = doubled_lead_in(self.instance.dateline, self.instance.body)
            is_known = stored is not None and stored.printed == found.printed
            self.doubled_lead_in = "" if is_known else found.printed
        return cleaned


def doubled_lead_in(dateline: str, body: str) -> LeadIn | None:
    """Return the lead-in with which a body opens though there is a dateline, or None."""
    blocks = article_html.blocks(body) if dateline else []
    return parse_lead_in(blocks[0].text) if blocks and blocks[0].tag == "p" else None


def without_lead_in(body: str, found: LeadIn) -> str:
    """Return a body without the lead-in with which it opens."""
    first = article_html.blocks(body)[0]
    rest = cut_opening(first.inner, found.end)
    kept = f"<p>{rest}</p>" if rest else ""
    return article_html.sanitize(kept + body.removeprefix(first.html))


def pressed_buttons(post) -> list[tuple[str, str]]:
    """Return the saving buttons that were pressed, with their values."""
    return [(name, post[name]) for name in SAVING_BUTTONS if name in post]
