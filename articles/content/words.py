"""The words of Chinese text, by rjieba.

Its dictionary takes 33 MB. It is loaded by the first who asks for words, and not by commands and
uploads, which never do.
"""


def cut(text: str, *, hmm: bool) -> list[str]:
    """Return the words of a text, all characters included; with `hmm` also such as it guesses."""
    import rjieba  # noqa: PLC0415  It loads its dictionary.

    return rjieba.cut(text, hmm=hmm)


def tag(text: str) -> list[tuple[str, str]]:
    """Return the words of a text, each with its class (jieba's tags)."""
    import rjieba  # noqa: PLC0415  It loads its dictionary.

    return rjieba.tag(text)
