"""The dictionary of words is loaded by who asks for words, and by nobody else."""

import subprocess
import sys

import pytest
from django.conf import settings

from articles.content import words

pytestmark = pytest.mark.no_database

STARTED = """
import sys
import django
django.setup()
from articles.admin.photo import photo_admin
sys.exit("rjieba" in sys.modules)
"""


def test_words_come_with_all_characters_and_their_classes():
    assert words.cut("武进区三处公园开放", hmm=False)[-2:] == ["公园", "开放"]
    assert "".join(words.cut("季在 A1。", hmm=True)) == "季在 A1。"
    assert words.tag("公园")[0] == ("公园", "n")


def test_who_asks_for_no_words_loads_no_dictionary():
    subprocess.run([sys.executable, "-c", STARTED], cwd=settings.BASE_DIR, check=True)
