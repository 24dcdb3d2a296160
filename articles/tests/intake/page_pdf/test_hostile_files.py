"""Hostile and broken PDFs at the desk: told in plain words, nothing stored, no process left."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.intake.page_pdf import process
from articles.intake.pdf_pages import REFUSALS
from articles.models import RawPage

from .hostile_files import FILES, READ

pytestmark = pytest.mark.django_db
# These take a second and more, so that they wait for the long run.
LONG = ("million", "thousand megabytes", "groups in groups", "draws itself", "pattern", "facsimile")
NAMES = [
    pytest.param(name, marks=pytest.mark.slow) if any(word in name for word in LONG) else name
    for name in FILES
]


def children() -> list[str]:
    """Return the processes that this one started and that run still."""
    tasks = Path("/proc/self/task")
    return [pid for task in tasks.iterdir() for pid in (task / "children").read_text().split()]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_is_read_without_harm_or_refused(desk, issue, monkeypatch, name):
    if any(word in name for word in LONG):
        monkeypatch.setattr(process, "PAGE_SECONDS", 3)
    expected, make = FILES[name]
    before = children()
    posted = {"issue": issue.pk, "label": "A2", "text": ""}
    file = SimpleUploadedFile("A2.pdf", make())
    response = desk.post("/admin/articles/rawpage/add/", posted | {"files": file})
    assert children() == before
    if RawPage.objects.exists():
        assert READ in expected
        assert "河埠街道" in bytes(RawPage.objects.get().source).decode()
    else:
        allowed = [str(REFUSALS[code]) for code in expected if code != READ]
        (error,) = response.context["form"].errors["files"]
        assert error.removeprefix("A2.pdf：") in allowed


def test_there_are_enough_and_each_says_what_must_become_of_it():
    assert len(FILES) >= 53
    assert {code for expected, _ in FILES.values() for code in expected} <= {READ, *REFUSALS}


def test_a_page_is_given_up_before_a_person_does():
    assert process.PAGE_SECONDS < 20
