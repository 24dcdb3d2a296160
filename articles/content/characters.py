"""One table of the characters that print nothing, end lines, or only look like others.

Pasted text, form fields, raw pages, archives and the browser all go by it: line ends end lines,
invisible characters are taken out and counted, look-alikes are found and replaced only on demand.
No other character changes. No Django here.

Kept although they print nothing: the joiners and selectors inside an emoji (a family, a flag, a
keycap), and the joiners between letters of scripts that need them. A selector after a Chinese
character asks for another drawing of it, which no font of a reader's has: it is taken out.
"""

import re
import unicodedata
from collections import Counter

Ranges = tuple[tuple[int, int], ...]

# What the invisible characters are called: articles/editing/character_messages.py.
INVISIBLE_KINDS: dict[str, Ranges] = {
    "control": ((0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F)),
    "soft-hyphen": ((0xAD, 0xAD),),
    "zero-width": ((0x200B, 0x200D), (0x2060, 0x2065), (0xFEFF, 0xFEFF)),
    "direction": ((0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x206F)),
    "variation-selector": ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF)),
    "placeholder": ((0xFFF9, 0xFFFC),),
    "tag": ((0xE0000, 0xE007F),),
}
# Line ends but the new line itself: carriage return, vertical tab, form feed, U+0085, U+2028/9.
OTHER_LINE_ENDS: Ranges = ((0x0B, 0x0D), (0x85, 0x85), (0x2028, 0x2029))
# Characters that are drawn as emoji, alone or with a selector.
EMOJI: Ranges = (
    *((0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122)),
    *((0x2139, 0x2139), (0x2194, 0x21AA), (0x231A, 0x23FF), (0x24C2, 0x24C2), (0x25AA, 0x25FE)),
    *((0x2600, 0x27BF), (0x2934, 0x2935), (0x2B05, 0x2B55), (0x3030, 0x3030), (0x303D, 0x303D)),
    *((0x3297, 0x3297), (0x3299, 0x3299), (0x1F000, 0x1FAFF)),
)
# Arabic, Syriac, the scripts of India and Burma, Khmer, Mongolian.
JOINED_SCRIPTS: Ranges = ((0x0600, 0x109F), (0x1780, 0x18AF))

# Radicals that are no character of a text, and the character of each (Unicode's
# EquivalentUnifiedIdeograph.txt; those from U+2F00 on are in Python's own tables).
RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵"
    "⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊"
    "⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長"
    "⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐"
    "⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
# Punctuation in the forms of vertical type, and what it is.
VERTICAL_FORMS = (
    "︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︱—︲–︵（︶）"
    "︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇［﹈］"
)
# Radicals that Unicode equates with a traditional character: in this paper the simplified one is
# meant, which a PDF or a scan gave away for the radical.
SIMPLIFIED = str.maketrans(
    "戶見貝車長門韋頁風飛馬魚鳥鹵麥黃黽齊齒龍龜靑", "户见贝车长门韦页风飞马鱼鸟卤麦黄黾齐齿龙龟青"
)
# Blocks of look-alikes that normalization replaces: radicals, compatibility ideographs.
KANGXI = range(0x2F00, 0x2FD6)
NORMALIZED: Ranges = ((KANGXI[0], KANGXI[-1]), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


def _normalized() -> dict[str, str]:
    """Return the characters of NORMALIZED with what each is; some are characters of their own."""
    found = (chr(code) for first, last in NORMALIZED for code in range(first, last + 1))
    pairs = {character: unicodedata.normalize("NFKC", character) for character in found}
    return {
        each: right.translate(SIMPLIFIED) if ord(each) in KANGXI else right
        for each, right in pairs.items()
        if each != right
    }


def character_class(ranges: Ranges) -> str:
    """Return the inside of a class of a regular expression, such as \\x00-\\x08."""
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


# In the notation that Python and JavaScript share, with names in %()s for the classes.
KEPT_PATTERN = (
    "[0-9#*]\ufe0f\u20e3"
    "|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    "|[%(emoji)s][\ufe0e\ufe0f]?(?:\u200d[%(emoji)s][\ufe0e\ufe0f]?)*"
    "|[%(joined)s][\u200c\u200d](?=[%(joined)s])"
)
CLASSES = {
    "emoji": EMOJI,
    "joined": JOINED_SCRIPTS,
    "invisible": tuple(pair for ranges in INVISIBLE_KINDS.values() for pair in ranges),
    "line_ends": OTHER_LINE_ENDS,
}
INVISIBLE_PATTERN = f"({KEPT_PATTERN})|[%(invisible)s]"
LINE_END_PATTERN = "\r\n|[%(line_ends)s]"
_classes = {name: character_class(ranges) for name, ranges in CLASSES.items()}
# The first group is what is kept.
INVISIBLE = re.compile(INVISIBLE_PATTERN % _classes)
# Searched first: most texts have none.
SUSPECT = re.compile(f"[{_classes['invisible']}]")
LINE_END = re.compile(LINE_END_PATTERN % _classes)
BLANK_RUN = re.compile(r"[\t\n]+")

LOOK_ALIKES: dict[str, str] = {
    **dict(zip(RADICALS[::2], RADICALS[1::2], strict=True)),
    **dict(zip(VERTICAL_FORMS[::2], VERTICAL_FORMS[1::2], strict=True)),
    **_normalized(),
}
_LOOK_ALIKE = re.compile(f"[{''.join(LOOK_ALIKES)}]")
_REPLACEMENTS = str.maketrans(LOOK_ALIKES)


# Full-width digits and letters, and the full-width space.
_NARROW = {
    code: code - 0xFEE0
    for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
} | {0x3000: 0x20}


def narrow(text: str) -> str:
    """Return a text with ASCII for full-width letters, digits and spaces: what it names."""
    return text.translate(_NARROW)


def code(character: str) -> str:
    """Return how a character is cited: U+200B."""
    return f"U+{ord(character):04X}"


def invisible_kind(character: str) -> str:
    """Return the kind of an invisible character, a key of INVISIBLE_KINDS."""
    return next(
        kind
        for kind, ranges in INVISIBLE_KINDS.items()
        if any(first <= ord(character) <= last for first, last in ranges)
    )


def find_invisible(text: str) -> Counter[str]:
    """Return the invisible characters that `strip_invisible` takes out, and how often."""
    if not SUSPECT.search(text):
        return Counter()
    return Counter(found[0] for found in INVISIBLE.finditer(text) if found[1] is None)


def strip_invisible(text: str) -> str:
    """Return a text without invisible characters; doing it twice is doing it once."""
    return INVISIBLE.sub(r"\1", text) if SUSPECT.search(text) else text


def end_lines(text: str) -> str:
    """Return a text whose lines all end with a new line, whatever ended them."""
    return LINE_END.sub("\n", text)


def clean_text(text: str) -> str:
    """Return a text with new lines for line ends and without invisible characters."""
    return strip_invisible(end_lines(text))


def clean_line(text: str) -> str:
    """Return a one-line field: a blank for line ends and tabs, no blanks before or after it."""
    return BLANK_RUN.sub(" ", clean_text(text)).strip()


def clean_lines(text: str) -> str:
    """Return a plain text of several lines without indents and empty lines."""
    kept = (part.lstrip() for part in clean_text(text).split("\n"))
    return "\n".join(part for part in kept if part)


def find_look_alikes(text: str) -> Counter[str]:
    """Return the characters that only look like another, and how often."""
    return Counter(_LOOK_ALIKE.findall(text))


def replace_look_alikes(text: str) -> str:
    """Return a text with the right character for each that only looks like it."""
    return text.translate(_REPLACEMENTS)
