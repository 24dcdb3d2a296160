"""Decoding raw texts of every usual encoding."""

import pytest

from articles.intake.parse.decoding import decode

WORDS = "本报讯（记者 吴桐）昨天，老街开街。\n老街全长三百米。\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8-sig"),
        (WORDS.encode("gb18030"), "gb18030"),
        (WORDS.encode("utf-16"), "utf-16"),
        (WORDS.replace("\n", "\r\n").encode("gb18030"), "gb18030"),
        (WORDS.replace("\n", "\r").encode(), "utf-8"),
    ],
)
def test_every_usual_encoding_is_read(raw, encoding):
    got = decode(raw)
    assert (got.text, got.encoding, got.problems) == (WORDS, encoding, ())


def test_rare_characters_survive_gb18030():
    assert decode("㙦𬭎".encode("gb18030")).text == "㙦𬭎"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "undecodable"),
        (b"\x81\xff\xff", "undecodable"),
        ("老街\u200b开街".encode(), "stray-characters"),
        ("老街\ufffd开街".encode(), "lost-characters"),
        (b"%PDF-1.4 stream of things", "little-chinese"),
        (b"\x00\x01\x02", "binary"),
    ],
)
def test_problems_are_named(raw, problem):
    assert problem in decode(raw).problems
