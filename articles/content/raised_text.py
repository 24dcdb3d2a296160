"""Raised and lowered characters in plain text: 10⁸, m², CO₂. No Django here."""

import html
import re

RAISED = re.compile(r"<(sup|sub)>([^<]*)</\1>")
ABOVE = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
BELOW = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
TABLES = {"sup": (ABOVE, "^"), "sub": (BELOW, "_")}


def plain_raised(markup: str) -> str:
    """Return stored HTML with plain characters for its raised and lowered ones.

    Where one of them has no such character, ^ or _ stands before them: 2^[3].
    """
    return RAISED.sub(_plain, markup) if "<su" in markup else markup


def _plain(found: re.Match) -> str:
    table, sign = TABLES[found[1]]
    text = html.unescape(found[2])
    if all(character in table or character.isspace() for character in text):
        return "".join(table.get(character, character) for character in text)
    return sign + found[2]
