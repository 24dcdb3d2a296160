"""Punctuation as a compositor sees it: how a line ends, what is left open, what is white."""

STOPS = "。！？…!?"
PAUSES = "，、；,;"
CLOSERS = "”’」』）》〉】〕)]"
PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "【": "】", "「": "」", "『": "』", "〔": "〕"}
STRAY = "\ufeff\u200b\u200c\u200d\u00ad"

_STRAY_OUT = dict.fromkeys(map(ord, STRAY))


def squash(text: str) -> str:
    """Return the text without any white space."""
    return "".join(text.split())


def without_stray(text: str) -> str:
    """Return the text without zero-width characters and soft hyphens."""
    return text.translate(_STRAY_OUT)


def ending(text: str) -> str:
    """Say how a line ends: stop, colon, pause, dash, quote, paren, title or none."""
    core = text.rstrip(CLOSERS)
    if not core:
        return "none"
    if core[-1] in STOPS:
        return "stop"
    if len(core) < len(text):
        return {"”": "quote", "’": "quote", "」": "quote", "）": "paren", ")": "paren"}.get(
            text[-1], "title"
        )
    return _bare_ending(core[-1])


def _bare_ending(last: str) -> str:
    if last in PAUSES:
        return "pause"
    if last in "：:":
        return "colon"
    return "dash" if last in "—–" else "none"


def left_open(text: str) -> str:
    """Return the opening marks that the text does not close, in the order of PAIRS."""
    return "".join(left for left, right in PAIRS.items() if text.count(left) > text.count(right))


def closes_unopened(text: str) -> bool:
    """Say whether the text closes a quotation that it did not open."""
    for left, right in (("“", "”"), ("（", "）"), ("《", "》")):
        end = text.find(right)
        if end >= 0 and not 0 <= text.find(left) < end:
            return True
    return False


def is_complete(text: str) -> bool:
    """Say whether a text ends its sentence and leaves no quotation or bracket open."""
    return ending(text) == "stop" and not left_open(text)


def is_han(character: str) -> bool:
    """Say whether a character is a Chinese one (basic block, extension A and the rare planes)."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"
