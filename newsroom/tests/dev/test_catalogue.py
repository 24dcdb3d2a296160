import re

import polib
import pytest

from newsroom.dev.catalogue import CATALOGUE, Message, in_code, in_template, key, renew, used

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def chinese(entry: polib.POEntry) -> list[str]:
    """Return the translations of an entry: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_message_has_its_chinese(catalogue):
    translated = {key(entry) for entry in catalogue if all(chinese(entry)) and not entry.fuzzy}
    assert {wanted: place for wanted, place in used().items() if wanted not in translated} == {}


def test_no_translation_is_left_over_or_doubtful(catalogue):
    wanted = used()
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []
    assert [key(entry) for entry in catalogue if key(entry) not in wanted] == []


def test_a_translation_holds_the_places_of_its_message(catalogue):
    def places(text):
        return sorted(set(PLACEHOLDER.findall(text)))

    for entry in catalogue:
        # A plural may leave the number out; Chinese has one form, which must show it.
        message = entry.msgid_plural or entry.msgid
        assert [places(text) for text in chinese(entry)] == [places(message)], entry.msgid


def test_the_compiled_catalogue_is_the_written_one(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {key(entry): chinese(entry) for entry in compiled} == {
        key(entry): chinese(entry) for entry in catalogue
    }


def test_messages_are_found_in_code():
    source = (
        'a = _("one")\nb = pgettext("verb", "mark")\n'
        'c = ngettext("%(n)d page", "%(n)d pages", n)\nd = other("no")'
    )
    assert list(in_code(source)) == [
        Message("one"),
        Message("mark", "verb"),
        Message("%(n)d page", None, "%(n)d pages"),
    ]


def test_a_computed_message_is_refused():
    with pytest.raises(ValueError, match="written out"):
        list(in_code("a = _(name)"))


def test_messages_are_found_in_templates():
    template = """{% load i18n %}{% translate "One" %} {% translate 'Mark' context "verb" %}
        {{ _("Two") }} {% blocktranslate trimmed with a=b %}
          Page {{ a }} of
          "{{ c }}"
        {% endblocktranslate %}{% blocktranslate count n=m %}{{ n }} page{% plural %}{{ n }} pages
        {%- endblocktranslate %}{# {% translate "No" %} #}"""
    template = template.replace("\n        {%- end", "{% end")
    assert set(in_template(template)) == {
        Message("One"),
        Message("Mark", "verb"),
        Message("Two"),
        Message('Page %(a)s of "%(c)s"'),
        Message("%(n)s page", None, "%(n)s pages"),
    }


@pytest.mark.slow
def test_renewing_enters_what_is_new_and_drops_what_is_gone(catalogue):
    changed = polib.POFile()
    changed.append(polib.POEntry(msgid="gone", msgstr="没了"))
    kept = catalogue[5]
    changed.append(polib.POEntry(msgid=kept.msgid, msgctxt=kept.msgctxt, msgstr="留着"))
    renew(changed)
    assert {key(entry) for entry in changed} == set(used())
    assert [entry.msgid for entry in changed if entry.msgstr] == [kept.msgid]
