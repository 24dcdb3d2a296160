"""Jinja2 for the few parts of the desk that stand on a page a hundred times.

Django's own templates take some ten times as long for a card of the board. A template in
`templates/jinja2/` writes a message as {{ _("…")|format(name=…) }}, on one line, so that
`make messages` finds it.
"""

from django.utils.translation import gettext
from jinja2 import Environment

from .paper import cached_reverse, leading_back


def environment(**options) -> Environment:
    """Return the environment of the Jinja2 templates; `options` are those of Django's backend.

    Whatever they say, words are escaped.
    """
    del options["autoescape"]
    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, **options)
    made.globals.update(_=gettext, address=_address)
    made.filters["leading_back"] = leading_back
    return made


def _address(name: str, *args) -> str:
    return cached_reverse(name, args=args)
