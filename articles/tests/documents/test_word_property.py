"""Whatever a Word file is made of, exactly the accepted characters come out of it, in order."""

from html import unescape
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from articles.content import article_html
from articles.content.sanitizer import sanitize
from articles.documents.word.conversion import read_word
from articles.tests.samples.word_files import field, paragraph, row, run, table, text_box, word_file

# Characters that no cleaning takes out: Han, Latin, digits, marks, and those of XML.
WORDS = st.text("云溪区开工五百户ABxyz0189，。：“”（）<>&\"'—…", min_size=1, max_size=8)
LOOKS = st.sampled_from(["", "<w:b/>", '<w:rFonts w:ascii="宋体"/><w:sz w:val="32"/>', "<w:i/>"])
GONE = {
    "deleted": lambda words: f"<w:del><w:r><w:delText>{words}</w:delText></w:r></w:del>",
    "moved": lambda words: f"<w:moveFrom>{run(words)}</w:moveFrom>",
    "hidden": lambda words: run(words, "<w:vanish/>"),
    "struck": lambda words: run(words, "<w:strike/>"),
}
KEPT = {
    "inserted": lambda words: f"<w:ins>{run(words)}</w:ins>",
    "control": lambda words: f"<w:sdt><w:sdtContent>{run(words)}</w:sdtContent></w:sdt>",
    "link": lambda words: f'<w:hyperlink w:anchor="a">{run(words)}</w:hyperlink>',
    "field": lambda words: field("REF a", words),
    "proofed": lambda words: f'<w:proofErr w:type="spellStart"/>{run(words)}<w:proofErr/>',
}
PIECES = st.one_of(
    st.tuples(LOOKS, WORDS).map(lambda pair: (run(escape(pair[1]), pair[0]), pair[1])),
    *(WORDS.map(lambda words, make=make: (make(escape(words)), words)) for make in KEPT.values()),
    *(WORDS.map(lambda words, make=make: (make(escape(words)), "")) for make in GONE.values()),
)
LINES = st.lists(PIECES, max_size=6).map(
    lambda pieces: (
        paragraph("".join(xml for xml, _ in pieces) or run("")),
        "".join(words for _, words in pieces),
    )
)
BLOCKS = st.one_of(
    LINES,
    LINES.map(lambda line: (table(row("甲", line[0] and "乙")) + line[0], f"甲乙{line[1]}")),
    st.tuples(LINES, LINES).map(
        lambda pair: (
            pair[0][0].replace("</w:p>", f"{text_box(pair[1][0])}</w:p>"),
            pair[0][1] + pair[1][1],
        )
    ),
)


@given(st.lists(BLOCKS, min_size=1, max_size=8))
def test_the_accepted_characters_come_out_in_their_order(blocks):
    document = read_word(word_file("".join(xml for xml, _ in blocks)))
    stored = "".join(sanitize(each.html) for each in document.content)
    found = "".join(article_html.paragraphs(stored))
    assert unescape(found) == "".join(words for _, words in blocks)
