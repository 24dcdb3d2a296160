"""Lists of Word files keep the numbers that Word prints, as HTML lists or as text."""

import pytest

from articles.documents.word.conversion import read_word
from articles.documents.word.number_formats import format_number
from articles.tests.samples.word_files import listed, lists, paragraph, word_file

# The formats of the lists, the paragraphs → the HTML of the blocks.
LISTS = {
    "bullets": (
        [[("bullet", "\uf06c")]],
        listed("甲") + listed("乙"),
        "<ul><li>甲</li><li>乙</li></ul>",
    ),
    "numbers": (
        [[("decimal", "%1.")]],
        listed("甲") + listed("乙"),
        "<ol><li>甲</li><li>乙</li></ol>",
    ),
    "levels": (
        [[("decimal", "%1."), ("bullet", "l")]],
        listed("甲") + listed("乙", level=1) + listed("丙"),
        "<ol><li>甲<ul><li>乙</li></ul></li><li>丙</li></ol>",
    ),
    "Chinese numbers": (
        [[("chineseCountingThousand", "%1、"), ("decimal", "（%2）")]],
        listed("甲") + listed("乙", level=1) + listed("丙"),
        "<p>一、甲</p><p>（1）乙</p><p>二、丙</p>",
    ),
    "letters": ([[("upperLetter", "%1.")]], listed("甲"), "<p>A. 甲</p>"),
    "chapters": ([[("chineseCounting", "第%1条")]], listed("甲"), "<p>第一条 甲</p>"),
    "a list that goes on": (
        [[("decimal", "%1.")]],
        listed("甲") + paragraph("乙") + listed("丙"),
        "<ol><li>甲</li></ol><p>乙</p><p>2. 丙</p>",
    ),
    "a list behind another": (
        [[("decimal", "%1.")], [("decimal", "%1.")]],
        listed("甲") + listed("乙", list_id=2),
        "<p>1. 甲</p><p>1. 乙</p>",
    ),
    "a numbered deletion": (
        [[("decimal", "%1.")]],
        paragraph(
            '<w:del w:id="1"><w:r><w:delText>甲</w:delText></w:r></w:del>',
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>',
        )
        + listed("乙"),
        "<ol><li>乙</li></ol>",
    ),
    "several numbers in one": (
        [[("decimal", "%1."), ("decimal", "%1.%2")]],
        listed("甲") + listed("乙", level=1),
        "<p>1. 甲</p><p>1.1 乙</p>",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_keeps_the_numbers_that_word_prints(name):
    levels, body, expected = LISTS[name]
    document = read_word(word_file(body, numbering=lists(*levels)))
    assert "".join(each.html for each in document.content) == expected


def test_numbers_are_written_as_word_writes_them():
    styles = [
        "chineseCounting",
        "lowerLetter",
        "upperRoman",
        "decimalEnclosedCircle",
        "decimalZero",
    ]
    styles += ["ideographTraditional", "chineseLegalSimplified", "decimalFullWidth", "unknown"]
    numbers = (1, 10, 12, 20, 105, 27, 9_999)
    found = [[format_number(number, style) for number in numbers] for style in styles]
    assert found == [
        ["一", "十", "十二", "二十", "一百零五", "二十七", "九千九百九十九"],
        ["a", "j", "l", "t", "a" * 5, "aa", "o" * 385],
        ["I", "X", "XII", "XX", "CV", "XXVII", "M" * 9 + "CMXCIX"],
        ["①", "⑩", "⑫", "⑳", "105", "27", "9999"],
        ["01", "10", "12", "20", "105", "27", "9999"],
        ["甲", "癸", "12", "20", "105", "27", "9999"],
        ["壹", "壹拾", "壹拾贰", "贰拾", "壹佰零伍", "贰拾柒", "玖仟玖佰玖拾玖"],
        ["１", "１０", "１２", "２０", "１０５", "２７", "９９９９"],
        ["1", "10", "12", "20", "105", "27", "9999"],
    ]
