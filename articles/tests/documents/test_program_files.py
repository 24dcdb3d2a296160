"""Whole files in the shapes of the programs that write them give the words that those show.

python-docx writes files as Word does; the others are written out in the shapes of Word,
LibreOffice and WPS, with the tracked changes, text boxes and fields of each.
"""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_BREAK

from articles.content import article_html
from articles.content.sanitizer import sanitize
from articles.documents.word.conversion import Block, read_word
from articles.tests.factories import image_bytes
from articles.tests.samples.word_files import (
    field,
    listed,
    lists,
    old_picture,
    paragraph,
    part,
    row,
    run,
    styled,
    table,
    text_box,
    word_file,
)


def headings(document):
    document.add_heading("便民服务点启用", 0)
    document.add_heading("一节", 1)
    document.add_paragraph("昨天启用。")
    return ["便民服务点启用", "一节", "昨天启用。"]


def bullet_lists(document):
    for words in ("甲", "乙"):
        document.add_paragraph(words, style="List Bullet")
    document.add_paragraph("丙", style="List Bullet 2")
    return ["甲", "乙", "丙"]


def number_lists(document):
    for words in ("甲", "乙"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("中间")
    document.add_paragraph("丙", style="List Number")
    return ["甲", "乙", "中间", "3. 丙"]


def merged_tables(document):
    cells = document.add_table(3, 3)
    for number, cell in enumerate(each for line in cells.rows for each in line.cells):
        cell.text = str(number)
    cells.cell(0, 0).merge(cells.cell(1, 0))
    cells.cell(2, 1).merge(cells.cell(2, 2))
    return ["0\n3", "1", "2", "4", "5", "6", "7\n8"]


def nested_tables(document):
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "外"
    cell.add_table(1, 2).cell(0, 1).text = "内"
    return ["外\n内"]


def looks(document):
    line = document.add_paragraph("面积800m")
    line.add_run("2").font.superscript = True
    line.add_run("，H")
    line.add_run("2").font.subscript = True
    line.add_run("O").bold = True
    return ["面积800m²，H₂O"]


def breaks(document):
    line = document.add_paragraph("第一行")
    line.add_run().add_break()
    line.add_run("第二行\t表")
    line.add_run().add_break(WD_BREAK.PAGE)
    document.add_page_break()
    document.add_paragraph("下一页")
    return ["第一行\n第二行\t表", "下一页"]


def surroundings(document):
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    line = document.add_paragraph("正文")
    document.add_comment(line.runs, text="姓名先别见报", author="甲", initials="甲")
    return ["正文"]


def hidden_and_struck(document):
    line = document.add_paragraph("甲")
    line.add_run("内部").font.hidden = True
    line.add_run("原来").font.strike = True
    line.add_run("乙")
    return ["甲乙"]


def pictures(document):
    document.add_paragraph("前")
    document.add_picture(BytesIO(image_bytes()))
    document.add_paragraph("后", style="Caption")
    return ["前", "后"]


def quotations(document):
    document.add_paragraph("引文一", style="Quote")
    document.add_paragraph("引文二", style="Intense Quote")
    return ["引文一", "引文二"]


MADE = [headings, bullet_lists, number_lists, merged_tables, nested_tables, looks, breaks]
MADE += [surroundings, hidden_and_struck, pictures, quotations]

REVISED = paragraph(
    run("全区共有", "<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>")
    + '<w:del w:id="3" w:author="甲" w:date="2024-07-26T10:00:00Z">'
    + '<w:r w:rsidDel="00A1"><w:delText xml:space="preserve">三百</w:delText></w:r></w:del>'
    + '<w:ins w:id="4" w:author="甲"><w:del w:id="5"><w:r><w:delText>四百</w:delText></w:r></w:del>'
    + f"{run('五百')}</w:ins>{run('户')}",
    '<w:pPrChange w:id="9"><w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange>',
)
MOVED = paragraph(
    '<w:moveFromRangeStart w:id="1" w:name="move1"/>'
    f'<w:moveFrom w:id="2">{run("搬走的话。")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>',
    '<w:rPr><w:moveFrom w:id="3"/></w:rPr>',
)
MOVED += paragraph("留下的话。") + paragraph(
    f'<w:moveToRangeStart w:id="1" w:name="move1"/><w:moveTo w:id="2">{run("搬走的话。")}'
    '</w:moveTo><w:moveToRangeEnd w:id="1"/>'
)
CONTENTS = "<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>" + paragraph(
    field(r'TOC \o "1-3" \h', "目录"), '<w:pStyle w:val="TOC1"/>'
)
CONTENTS += f"</w:sdtContent></w:sdt>{paragraph('正文')}"
OFFICE_FRAME = text_box(paragraph("图为开工现场。")).replace("<wps:wsp>", "<wps:wsp><wps:cNvSpPr/>")
OLD_BOX = (
    '<w:r><w:pict><v:shape style="position:absolute"><v:textbox><w:txbxContent>'
    f"{paragraph('链接：开工')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
CITED = '<w:r><w:footnoteReference w:id="2"/></w:r>'
CITED_AT_END = '<w:r><w:endnoteReference w:id="2"/></w:r>'
NOTE_WORDS = paragraph("<w:r><w:footnoteRef/></w:r>" + run("据统计局。"))
NOTE = f'<w:footnote w:id="2">{NOTE_WORDS}</w:footnote>'
ENDNOTE = f'<w:endnote w:id="2">{paragraph("尾注。")}</w:endnote>'
BOX = (
    '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
    f"<w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>"
)
TRACKED_ROWS = table(
    row("甲", "一", properties='<w:ins w:id="1"/>'), row("乙", "二", properties='<w:del w:id="2"/>')
)
# The words of each paragraph that the program shows, and the file.
WRITTEN = {
    "Word: revisions": (["全区共有五百户"], {"body": REVISED}),
    "Word: a moved paragraph": (["留下的话。", "搬走的话。"], {"body": MOVED}),
    "Word: tracked rows": (["甲", "一"], {"body": TRACKED_ROWS}),
    "Word: a table of contents": (["目录", "正文"], {"body": CONTENTS}),
    "Word: a checked box": (["☒同意"], {"body": paragraph(BOX + run("同意"))}),
    "Word: notes": (
        ["五百户^[1][2]", "[1] 据统计局。", "[2] 尾注。"],
        {
            "body": paragraph(run("五百户") + CITED + CITED_AT_END),
            "parts": {"footnotes": NOTE, "endnotes": ENDNOTE},
        },
    ),
    "Word: a note cited again": (
        ["甲^[1]乙^[2]丙^[1]", "[1] 据统计局。", "[2] 尾注。"],
        {
            "body": paragraph(f"{run('甲')}{CITED}{run('乙')}{CITED_AT_END}{run('丙')}{CITED}"),
            "parts": {"footnotes": NOTE, "endnotes": ENDNOTE},
        },
    ),
    "Word: a note that cites another": (
        ["甲^[1]", "[1] 见尾注^[2]", "[2] 尾注。"],
        {
            "body": paragraph(run("甲") + CITED),
            "parts": {
                "footnotes": NOTE.replace(NOTE_WORDS, paragraph(run("见尾注") + CITED_AT_END)),
                "endnotes": ENDNOTE,
            },
        },
    ),
    "LibreOffice: a frame": (
        ["开工", "图为开工现场。"],
        {"body": paragraph(run("开工", "<w:rFonts/>") + OFFICE_FRAME)},
    ),
    "LibreOffice: a list": (
        ["甲", "乙", "丙"],
        {
            "body": listed("甲") + listed("乙") + listed("丙", level=1),
            "numbering": lists([("decimal", "%1."), ("bullet", "•")]),
        },
    ),
    "LibreOffice: split runs": (
        ["云溪区开工"],
        {
            "body": paragraph(
                "".join(run(sign, '<w:lang w:eastAsia="zh-CN"/>') for sign in "云溪区开工")
            )
        },
    ),
    "WPS: an old text box": (["正文", "链接：开工"], {"body": paragraph(run("正文") + OLD_BOX)}),
    "WPS: a picture": (
        ["前后"],
        {"body": paragraph(run("前") + old_picture("a.png") + run("后")), "media": {"a.png": b"1"}},
    ),
    "WPS: styles by numbers": (
        ["标题", "小标题", "正文"],
        {"body": styled("Title", "标题") + styled("2", "小标题") + styled("1", "正文")},
    ),
    "WPS: numbers of chapters": (
        ["一、总体要求", "（一）目标", "1．任务", "二、措施"],
        {
            "body": listed("总体要求")
            + listed("目标", level=1)
            + listed("任务", level=2)
            + listed("措施"),
            "numbering": lists(
                [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．")]
            ),
        },
    ),
}


def words_of(file) -> list[str]:
    blocks = [each for each in read_word(file).content if isinstance(each, Block)]
    stored = sanitize("".join(block.html for block in blocks))
    return [words for words in article_html.paragraphs(stored) if words]


@pytest.mark.parametrize("make", MADE)
def test_a_file_of_python_docx_gives_its_words(make):
    document = Document()
    expected = make(document)
    file = BytesIO()
    document.save(file)
    assert words_of(file) == expected


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_in_the_shape_of_a_program_gives_its_words(name):
    expected, file = WRITTEN[name]
    assert words_of(word_file(**file)) == expected


def test_the_strict_standard_is_read_like_the_other_one():
    strict = part("document", f"<w:body>{paragraph('云溪区开工')}</w:body>")
    for old, new in (
        ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "wordprocessingml/main"),
        ("http://schemas.openxmlformats.org/drawingml/2006/main", "drawingml/main"),
    ):
        strict = strict.replace(old, f"http://purl.oclc.org/ooxml/{new}")
    data = word_file(paragraph("甲"), media={})
    assert words_of(replaced(data, "word/document.xml", strict)) == ["云溪区开工"]


def replaced(file: BytesIO, name: str, text: str) -> BytesIO:
    """Return a file with another text of a part."""
    found = BytesIO()
    with ZipFile(file) as old, ZipFile(found, "w") as new:
        for each in old.namelist():
            new.writestr(each, text if each == name else old.read(each))
    return found
