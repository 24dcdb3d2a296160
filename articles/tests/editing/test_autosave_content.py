"""Whatever is typed comes back to the character, on either database."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import WorkingCopy
from articles.tests import factories
from articles.tests.editor_sessions import Window

pytestmark = pytest.mark.django_db
# Anything that can be in a string: halves of characters and NUL too.
texts = st.text(st.characters(codec=None), max_size=300)


@pytest.mark.slow
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pairs=st.lists(st.tuples(texts, texts), max_size=8))
def test_any_fields_come_back_equal(chief_window, pairs):
    chief_window.window, chief_window.serial = str(uuid4()), 1
    sent = [pair for pair in pairs if "password" not in pair[0]]
    assert chief_window.say(fields=sent).status_code == 200
    assert WorkingCopy.objects.get(editor_id=chief_window.window).fields == sent
    other = Window(chief_window.member, client=chief_window.client)
    said = other.offers(closed=[chief_window.window])
    if chief_window.window in said["copies"]:
        back = said["copies"][chief_window.window]["fields"]
        assert [tuple(pair) for pair in back] == sent
    else:
        assert not any(name for name, _value in sent if name in Named)
    WorkingCopy.objects.all().delete()


Named = {
    *("kicker", "headline", "deck", "dateline", "body", "tags", "column"),
    *("page", "genre", "rank", "source", "_note"),
    *("bylines-TOTAL_FORMS", "captions-TOTAL_FORMS"),
}


@pytest.fixture
def chief_window(db) -> Window:
    return Window(factories.make_chief())


@pytest.mark.slow
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(headline=texts, text=texts, name=texts, order=texts, photo=texts, page=texts)
def test_hostile_words_in_the_form_s_own_fields_are_offered(
    chief_window, headline, text, name, order, photo, page
):
    chief_window.window, chief_window.serial = str(uuid4()), 0
    typed = {
        "headline": headline,
        "body": text,
        "tags": name,
        "page": page,
        "column": page,
        "genre": name,
        "rank": order,
        "source": text,
        "_note": name,
        "bylines-TOTAL_FORMS": order,
        "bylines-0-name": name,
        "bylines-0-order": order,
        "captions-TOTAL_FORMS": "1",
        "captions-0-photo": photo,
        "captions-0-words": text,
    }
    chief_window.type(**typed)
    other = Window(chief_window.member, client=chief_window.client)
    said = other.offers(closed=[chief_window.window])
    if chief_window.window in said["copies"]:
        assert dict(said["copies"][chief_window.window]["fields"]) == typed
    WorkingCopy.objects.all().delete()
