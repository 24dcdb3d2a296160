"""Word files for tests, made of XML in the shapes of Word, WPS and LibreOffice."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES = " ".join(
    [
        f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math"',
        f'xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture"',
        f'xmlns:wp="{DRAWING}/wordprocessingDrawing"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"',
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
    ]
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
# The styles that Word and WPS name in English whatever their language, and one of WPS's own ids.
STYLES = """
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="a9"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="云溪小标题"/><w:basedOn w:val="2"/>
</w:style>
<w:style w:type="paragraph" w:styleId="secret"><w:name w:val="批注用"/>
<w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="up"><w:name w:val="上标"/>
<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
"""


def word_file(
    body: str,
    *,
    styles: str = STYLES,
    numbering: str = "",
    media: Mapping[str, bytes] | None = None,
    parts: Mapping[str, str] | None = None,
    relations: str = "",
    types: str = TYPES,
) -> BytesIO:
    """Return a Word file with a body.

    `media` are pictures by their names, each with the relation of its name; `parts` other parts,
    such as `comments`, each with its root's children.
    """
    media, parts = media or {}, parts or {}
    related = relations + "".join(relation(name, "image", f"media/{name}") for name in media)
    related += "".join(relation(f"part-{name}", name.rstrip("12"), f"{name}.xml") for name in parts)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        document = relation("rId1", "officeDocument", "word/document.xml")
        archive.writestr("_rels/.rels", relationships(document))
        archive.writestr("word/_rels/document.xml.rels", relationships(related))
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        archive.writestr("word/styles.xml", part("styles", styles))
        archive.writestr("word/numbering.xml", part("numbering", numbering))
        for name, content in parts.items():
            root = {"header1": "hdr", "footer1": "ftr"}.get(name, name)
            archive.writestr(f"word/{name}.xml", part(root, content))
        for name, data in media.items():
            archive.writestr(f"word/media/{name}", data)
    file.seek(0)
    return file


def part(root: str, content: str) -> str:
    """Return a part as XML."""
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{declaration}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def relationships(rows: str) -> str:
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def relation(key: str, kind: str, target: str, *, mode: str = "") -> str:
    external = f' TargetMode="{mode}"' if mode else ""
    return (
        f'<Relationship Id="{key}" Type="{OFFICE}/relationships/{kind}" '
        f'Target="{target}"{external}/>'
    )


def run(words: str, properties: str = "") -> str:
    """Return a run of words."""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph of runs, or of plain words."""
    content = content if "<" in content or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def styled(style: str, content: str) -> str:
    """Return a paragraph of a style."""
    return paragraph(content, f'<w:pStyle w:val="{style}"/>')


def listed(content: str, *, list_id: int = 1, level: int = 0) -> str:
    """Return a paragraph of a list."""
    number = f'<w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/>'
    return paragraph(content, f"<w:numPr>{number}</w:numPr>")


def lists(*levels_of_each: list[tuple[str, str]]) -> str:
    """Return the numbering of lists 1, 2 …: the formats and the texts of their levels."""
    found = ""
    for number, levels in enumerate(levels_of_each, 1):
        inner = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for level, (style, text) in enumerate(levels)
        )
        found += f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'
    for number in range(1, len(levels_of_each) + 1):
        found += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    return found


def picture(name: str, description: str = "") -> str:
    """Return a run with a picture as Word writes it."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{description}"/>'
        f"<a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:embed="{name}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing></w:r>"
    )


def old_picture(name: str) -> str:
    """Return a run with a picture as old programs write it."""
    return f'<w:r><w:pict><v:shape><v:imagedata r:id="{name}"/></v:shape></w:pict></w:r>'


def text_box(content: str) -> str:
    """Return a run with a text box: written twice, for new programs and old ones."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f'<wp:docPr id="2" name="文本框 2"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inner}'
        "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(code: str, result: str) -> str:
    """Return a field with its instruction and its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: str) -> str:
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells of plain words."""
    inner = "".join(f"<w:tc><w:tcPr/>{paragraph(words)}</w:tc>" for words in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"
