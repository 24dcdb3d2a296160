"""The draft of a document as the JSON that waits with it until somebody confirms it."""

import json
from dataclasses import asdict

from articles.content.copy import Copy
from articles.intake.drafts import Draft

from .document_draft import DocumentDraft, DraftPicture
from .word.content import Note, Notes, Omission


def dump_draft(draft: DocumentDraft) -> str:
    """Return a draft as JSON in ASCII."""
    return json.dumps(
        {
            "copy": draft.draft.copy.as_json(),
            "genre": draft.draft.genre,
            "source": draft.draft.source,
            "pictures": [asdict(picture) for picture in draft.pictures],
            "notes": {note: asdict(each) for note, each in draft.notes.found.items()},
        }
    )


def load_draft(stored: str) -> DocumentDraft:
    """Return the draft that `dump_draft` wrote."""
    found = json.loads(stored)
    notes = {Note(note): Omission(**each) for note, each in found["notes"].items()}
    return DocumentDraft(
        Draft(Copy.from_json(found["copy"]), found["genre"], found["source"]),
        tuple(DraftPicture(**picture) for picture in found["pictures"]),
        Notes(notes),
    )
