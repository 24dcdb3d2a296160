"""The marks of lists: of Word's symbol fonts, typed ones, and Chinese numerals. No Django here."""

import re

from .html_tokens import Token
from .inline_styles import Style

# As Word writes them: letters of symbol fonts, and the dots and squares of others.
BULLETS = frozenset("lnuoqvwØ§ü¨·•●○■□◆◇▪▫➢➤✓✔‣⁃◦–—-*")
PRIVATE = re.compile("[\ue000-\uf8ff]")
NUMBER = "[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[一二三四五六七八九十百]{1,4}|[①-⑳]"
TYPED = re.compile(
    r"([lnuoqvwØ§ü¨·•●○■□◆◇▪▫➢➤✓✔‣⁃◦–—*\ue000-\uf8ff-]"
    rf"|[(（]?(?:{NUMBER})[)）.、．]?)[ \u00a0]{{2,}}\s*"
)
# As many no-break spaces after such a mark are Word's, also where nothing else says so.
NO_ACCIDENT = 3
LEVEL = re.compile(r"level(\d)")
WORD_LIST = re.compile(r"l\d+ ")
TYPES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
CHINESE = re.compile(r"cjk-ideographic|(?:simp|trad)-chinese-(?:in)?formal|japanese-informal")
DIGITS = "零一二三四五六七八九"


def is_bullet(mark: str) -> bool:
    """Tell whether a mark is a symbol rather than a number."""
    return len(mark) == 1 and (mark in BULLETS or bool(PRIVATE.match(mark)))


def typed_label(mark: str) -> str:
    """Return a mark as it is typed before its words: `1. `, `（一）`, `• `."""
    if is_bullet(mark):
        return "• "
    return f"{mark} " if mark[-1:].isascii() else mark


def word_level(token: Token, style: Style) -> int:
    """Return the level of a paragraph that Word has in a list; 0 for any other."""
    value = style.get("mso-list", "")
    if WORD_LIST.match(value):
        level = LEVEL.search(value)
        return int(level[1]) if level else 1
    return int(any(name.startswith("msolistparagraph") for name in token.classes))


def list_type(token: Token, style: Style) -> str:
    """Return the kind of numbers of a list or item: `a`, `A`, `i`, `I`, `一`, or nothing."""
    value = style.get("list-style-type", style.get("list-style", ""))
    if CHINESE.search(value):
        return "一"
    named = next((kind for name, kind in TYPES.items() if name in value), "")
    typed = token.attributes.get("type", "")
    return named or (typed if typed in ("a", "A", "i", "I") else "")


def chinese_number(number: int) -> str:
    """Return a number below 100 in Chinese, others in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")
