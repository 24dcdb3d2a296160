"""Messages about documents: why one is refused, what was left out or guessed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .word.content import Note, Notes
from .word.errors import Reason

REFUSALS = {
    Reason.TOO_HEAVY: _("The file is larger than 100 MB, or its pictures are too large together."),
    Reason.EMPTY: _("There is no text and no picture in the file."),
    Reason.OLD_WORD: _("This is a .doc or .wps file. Open it and save it as .docx."),
    Reason.ENCRYPTED: _("The file is encrypted. Open it, remove the password and save it again."),
    Reason.MACROS: _("The file holds macros. Save it as .docx, which holds none."),
    Reason.RICH_TEXT: _("This is an .rtf file. Open it and save it as .docx."),
    Reason.PDF: _("This is a PDF file. Import the document that it was made of."),
    Reason.OTHER_KIND: _("This is no Word document (.docx), text (.txt) or web page (.html)."),
    Reason.BOMB: _("The file unpacks to far more than a document holds. It was not opened."),
    Reason.TOO_LONG: _("The document is too long or too complex for an article. Import a part."),
    Reason.UNREADABLE: _("It is not text in UTF-8, UTF-16 or GB18030."),
    Reason.BROKEN: _("The file is damaged, or not written as Word writes. Save it again."),
    Reason.GONE: _("The server no longer has the file. Import it again."),
}
# Those that a person should look at first come first; each with whether it is a doubt.
NOTES = {
    Note.NO_HEADLINE: _("No headline was found; the whole text is in the body."),
    Note.GUESSED_HEADLINE: _("The headline was guessed from the first lines."),
    Note.SEVERAL_ARTICLES: _("There are more headlines; several articles may be in one file:"),
    Note.HEADINGS_TOO_LONG: _("The first lines are too long for headings; they are in the body."),
    Note.LEAD_IN_KEPT: _("The lead-in would not print the same from its fields; it stays in:"),
    Note.REFUSED_PICTURES: _("Pictures that cannot be taken, left out: %(n)d."),
    Note.PICTURES: _("Pictures that are not in the file: %(n)d."),
    Note.GRAPHICS: _("Charts or diagrams, left out: %(n)d."),
    Note.EMBEDDED: _("Files inside the file, left out: %(n)d."),
    Note.SYMBOLS: _("Symbols of a special font that were not recognized, left out: %(n)d."),
    Note.PRIVATE: _("Characters that only a special font shows: %(n)d."),
    Note.DAMAGED: _("Characters that were damaged in the file, shown as �: %(n)d."),
    Note.LOOK_ALIKES: _("Characters that only look like others: %(n)d."),
    Note.FORMULAS: _("Formulas, written in one line: %(n)d."),
    Note.SHARED_CAPTION: _(
        "Pictures without a caption of their own beside one that has it: %(n)d."
    ),
    Note.STRUCK: _("Characters struck through, left out: %(n)d."),
    Note.STRUCK_KEPT: _("Characters struck through, kept: %(n)d."),
    Note.DELETED: _("Characters deleted in tracked changes, left out: %(n)d."),
    Note.COMMENTS: _("Characters of comments, left out: %(n)d."),
    Note.HIDDEN: _("Hidden characters, left out: %(n)d."),
    Note.INVISIBLE: _("Characters that print nothing, taken out: %(n)d."),
    Note.MARGINS: _("Characters in headers and footers, left out: %(n)d."),
    Note.TEXT_BOXES: _("Text boxes, each after the paragraph it stands at: %(n)d."),
    Note.FOOTNOTES: _("Footnotes, at the end of the text: %(n)d."),
}
DOUBTS = [*NOTES][: [*NOTES].index(Note.STRUCK)]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A sentence for editors, the words concerned, and whether it is a doubt."""

    text: str
    words: str
    is_doubt: bool


def note_lines(notes: Notes) -> Iterator[NoteLine]:
    """Yield what a person should know of a document, doubts first."""
    for note, text in NOTES.items():
        if found := notes.found.get(note):
            words = found.words.strip()
            yield NoteLine(str(text) % {"n": found.number}, words, note in DOUBTS)
