"""Word files are read as they are with all changes accepted: table of shapes and results."""

import pytest

from articles.documents.word.content import Note
from articles.documents.word.conversion import Block, Picture, read_word
from articles.tests.samples.word_files import (
    field,
    old_picture,
    paragraph,
    picture,
    relation,
    row,
    run,
    styled,
    table,
    text_box,
    word_file,
)

DELETED = '<w:del w:id="1"><w:r><w:delText>三百</w:delText></w:r></w:del>'
INSERTED = f'<w:ins w:id="2">{run("五百")}</w:ins>'
HIDDEN = run("内部口径", "<w:vanish/>")
END_DELETED = "<w:rPr><w:del/></w:rPr>"
LINK = relation("link", "hyperlink", "https://yunxi.example/a", mode="External")
FILE_LINK = relation("link", "hyperlink", "file:///C:/稿件.docx", mode="External")
RUBY = (
    "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>chōng</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>翀</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)
POWER = (
    "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup>"
    "</m:sSup><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>a+b</m:t></m:r></m:den>"
    "</m:f></m:oMath>"
)
CHECKBOX = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>'
    '</w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
NESTED = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
    + field("PAGE", "1")
    + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    + run("正文")
    + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
FOOTNOTES = f'<w:footnote w:id="0">{paragraph("")}</w:footnote>' + (
    f'<w:footnote w:id="5">{paragraph("据区统计局。")}</w:footnote>'
)
COMMENT = f'<w:comment w:id="0" w:author="甲">{paragraph("姓名先别见报")}</w:comment>'
MERGED = (
    '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>合计</w:t></w:r></w:p>'
    "</w:tc></w:tr>"
)

# What is in the file → the HTML of each block.
TEXTS = {
    "deleted and inserted": (
        paragraph(run("全区共有") + DELETED + INSERTED),
        "<p>全区共有五百</p>",
    ),
    "moved": (
        paragraph(f"<w:moveFrom>{run('旧处')}</w:moveFrom>" + run("甲"))
        + paragraph(f"<w:moveTo>{run('新处')}</w:moveTo>"),
        "<p>甲</p><p>新处</p>",
    ),
    "a deleted end of a paragraph": (
        paragraph("昨天", END_DELETED) + paragraph("开工"),
        "<p>昨天开工</p>",
    ),
    "a deleted end at the end": (paragraph("昨天", END_DELETED), "<p>昨天</p>"),
    "a deleted end before a table": (
        paragraph("昨天", END_DELETED) + table(row("甲")),
        "<p>昨天</p><table><tr><td><p>甲</p></td></tr></table>",
    ),
    "a deleted row": (
        table(row("甲"), row("乙", properties="<w:del/>")),
        "<table><tr><td><p>甲</p></td></tr></table>",
    ),
    "a hidden row": (
        table(row("甲"), row("乙", properties="<w:hidden/>")),
        "<table><tr><td><p>甲</p></td></tr></table>",
    ),
    "a header and a wide cell": (
        table(row("甲", "乙", properties="<w:tblHeader/>"), MERGED),
        "<table><thead><tr><th><p>甲</p></th><th><p>乙</p></th></tr></thead>"
        '<tbody><tr><td colspan="2"><p>合计</p></td></tr></tbody></table>',
    ),
    "hidden": (paragraph(run("昨天") + HIDDEN + run("开工")), "<p>昨天开工</p>"),
    "hidden by a style": (styled("secret", "别见报") + paragraph("甲"), "<p>甲</p>"),
    "not hidden after all": (paragraph(run("甲", '<w:vanish w:val="0"/>')), "<p>甲</p>"),
    "struck": (paragraph(run("三百", "<w:strike/>") + run("五百")), "<p>五百</p>"),
    "commented": (
        paragraph(
            '<w:commentRangeStart w:id="0"/>'
            + run("甲")
            + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        ),
        "<p>甲</p>",
    ),
    "raised": (
        paragraph(run("10") + run("8", '<w:vertAlign w:val="superscript"/>')),
        "<p>10<sup>8</sup></p>",
    ),
    "raised by a style": (
        paragraph(run("m") + run("2", '<w:rStyle w:val="up"/>')),
        "<p>m<sup>2</sup></p>",
    ),
    "bold": (
        paragraph(run("甲", "<w:b/>") + run("乙", '<w:b w:val="0"/>')),
        "<p><strong>甲</strong>乙</p>",
    ),
    "breaks and tabs": (
        paragraph(
            "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t><w:tab/><w:t>丁</w:t></w:r>"
        ),
        "<p>甲<br>乙<br>丙\t丁</p>",
    ),
    "hyphens": (
        paragraph("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/></w:r>"),
        "<p>A-1</p>",
    ),
    "a symbol": (
        paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run("甲")),
        "<p>✓甲</p>",
    ),
    "signs of a symbol font": (
        paragraph(run("a", '<w:rFonts w:ascii="Symbol"/>') + run("甲")),
        "<p>α甲</p>",
    ),
    "a field": (paragraph(run("第") + field("PAGE", "3") + run("页")), "<p>第3页</p>"),
    "a field in a field": (paragraph(NESTED), "<p>正文</p>"),
    "a simple field": (
        paragraph(f'<w:fldSimple w:instr="DATE">{run("七月")}</w:fldSimple>'),
        "<p>七月</p>",
    ),
    "a checked box": (paragraph(CHECKBOX + run("同意")), "<p>☑同意</p>"),
    "a link field": (
        paragraph(field('HYPERLINK "https://yunxi.example/"', "云溪")),
        '<p><a href="https://yunxi.example/">云溪</a></p>',
    ),
    "a link inside the file": (
        paragraph(f'<w:hyperlink w:anchor="_ftn1">{run("注")}</w:hyperlink>'),
        "<p>注</p>",
    ),
    "ruby": (paragraph(run("张") + RUBY), "<p>张翀（chōng）</p>"),
    "a formula": (paragraph(POWER), "<p>x<sup>2</sup>1/(a+b)</p>"),
    "an old ornamental heading": (
        paragraph('<w:r><w:pict><v:shape><v:textpath string="开工"/></v:shape></w:pict></w:r>'),
        "<p>开工</p>",
    ),
    "an emoji with a fallback": (
        paragraph(
            '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w14:symEx/></mc:Choice>'
            "<mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        "<p>😊</p>",
    ),
    "a control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>",
        "<p>甲</p>",
    ),
    "unknown wrappers": (
        paragraph(f'<w:smartTag><w:bdo w:val="ltr">{run("甲")}</w:bdo></w:smartTag>'),
        "<p>甲</p>",
    ),
    "a text box": (paragraph(run("正文") + text_box(paragraph("链接"))), "<p>正文</p><p>链接</p>"),
    "a text box in a text box": (
        paragraph(run("甲") + text_box(paragraph(run("乙") + text_box(paragraph("丙"))))),
        "<p>甲</p><p>乙</p><p>丙</p>",
    ),
    "a dropped initial": (
        paragraph("昨", '<w:framePr w:dropCap="drop" w:lines="2"/>') + paragraph("天开工"),
        "<p>昨天开工</p>",
    ),
    "styles": (
        styled("Title", "标题") + styled("2", "一节") + styled("own", "二节") + paragraph("甲"),
        "<p>标题</p><h2>一节</h2><h2>二节</h2><p>甲</p>",
    ),
}
NOTES = {
    "deleted": (paragraph(run("全区") + DELETED), {}, Note.DELETED, (2, "三百")),
    "hidden": (paragraph(HIDDEN + run("甲")), {}, Note.HIDDEN, (4, "内部口径")),
    "struck": (paragraph(run("三百", "<w:dstrike/>") + run("甲")), {}, Note.STRUCK, (2, "三百")),
    "comments": (paragraph("甲"), {"comments": COMMENT}, Note.COMMENTS, (6, "姓名先别见报")),
    "header": (paragraph("甲"), {"header1": paragraph("云溪日报")}, Note.MARGINS, (4, "云溪日报")),
    "text boxes": (paragraph(text_box(paragraph("甲"))), {}, Note.TEXT_BOXES, (1, "")),
    "formulas": (paragraph(POWER), {}, Note.FORMULAS, (1, "")),
    "a file inside": (paragraph("甲") + '<w:altChunk r:id="x"/>', {}, Note.EMBEDDED, (1, "")),
    "a symbol of no font": (
        paragraph('<w:r><w:sym w:font="方正符号" w:char="F123"/></w:r>' + run("甲")),
        {},
        Note.SYMBOLS,
        (1, ""),
    ),
    "an unknown Wingding": (
        paragraph('<w:r><w:sym w:font="Wingdings" w:char="F001"/></w:r>' + run("甲")),
        {},
        Note.SYMBOLS,
        (1, ""),
    ),
    "a chart": (
        paragraph(
            "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData "
            'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic>'
            "</wp:inline></w:drawing></w:r>" + run("甲")
        ),
        {},
        Note.GRAPHICS,
        (1, ""),
    ),
    "a picture that is not there": (
        paragraph(picture("none") + run("甲")),
        {},
        Note.PICTURES,
        (1, ""),
    ),
}


def blocks_of(file, **options) -> str:
    return "".join(each.html for each in read_word(file, **options).content)


@pytest.mark.parametrize("name", TEXTS)
def test_a_document_is_read_with_its_changes_accepted(name):
    body, expected = TEXTS[name]
    assert blocks_of(word_file(body, parts={"comments": COMMENT})) == expected


@pytest.mark.parametrize("name", NOTES)
def test_what_is_left_out_is_told_with_its_number(name):
    body, parts, note, expected = NOTES[name]
    found = read_word(word_file(body, parts=parts)).notes.found
    assert {note: (each.number, each.words) for note, each in found.items()} == {note: expected}


def test_struck_words_are_kept_when_that_is_asked():
    file = word_file(paragraph(run("三百", "<w:strike/>") + run("五百")))
    document = read_word(file, keep_struck=True)
    assert [each.html for each in document.content] == ["<p>三百五百</p>"]
    assert document.notes.found[Note.STRUCK_KEPT].number == 2


def test_footnotes_stand_at_the_end_with_their_numbers():
    body = paragraph(run("五百户") + '<w:r><w:footnoteReference w:id="5"/></w:r>' + run("受益"))
    file = word_file(body, parts={"footnotes": FOOTNOTES})
    assert blocks_of(file) == "<p>五百户<sup>[1]</sup>受益</p><p>[1] 据区统计局。</p>"


def test_a_link_to_a_page_stays_and_one_to_a_file_goes():
    body = paragraph(f'<w:hyperlink r:id="link">{run("云溪")}</w:hyperlink>')
    address = '<p><a href="https://yunxi.example/a">云溪</a></p>'
    assert blocks_of(word_file(body, relations=LINK)) == address
    assert blocks_of(word_file(body, relations=FILE_LINK)) == "<p>云溪</p>"


def test_pictures_stand_where_they_stood_each_once():
    body = (
        paragraph(picture("a.jpg", "区长在田头") + run("图为田头。"))
        + paragraph(run("甲") + old_picture("b.jpg") + run("乙"))
        + paragraph(picture("a.jpg", "IMG_0001.JPG"))
        + table(row(picture("c.jpg", "图片 3")))
    )
    file = word_file(body, media={"a.jpg": b"1", "b.jpg": b"2", "c.jpg": b"3"})
    assert read_word(file).content == (
        Picture("word/media/a.jpg", "区长在田头"),
        Block("<p>图为田头。</p>"),
        Picture("word/media/b.jpg"),
        Block("<p>甲乙</p>"),
        Picture("word/media/c.jpg"),
    )


def test_roles_come_from_the_names_of_styles():
    body = styled("Title", "标题") + styled("Subtitle", "副题") + styled("a9", "图说")
    found = [(each.role, each.html) for each in read_word(word_file(body)).content]
    assert found == [
        ("headline", "<p>标题</p>"),
        ("deck", "<p>副题</p>"),
        ("caption", "<p>图说</p>"),
    ]
