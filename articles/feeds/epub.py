"""An issue as an EPUB 3 publication, for readers of electronic books: words, pictures, contents.

The container of EPUB 3.3 (https://www.w3.org/TR/epub-33/): a ZIP file whose first entry is
`mimetype`, not compressed; `package.opf` lists every file; `nav.xhtml` is the list of contents.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import gettext

from articles.models import Article, Issue, Page
from articles.photos import renditions

from . import content

MIMETYPE = "application/epub+zip"
RENDITION = "small"
# A fixed time for every file of the ZIP, so that the same words make the same bytes.
TIME = (1980, 1, 1, 0, 0, 0)
VOID = re.compile(r"<(br|img|wbr|hr|col)\b([^>]*?)/?>")
ADDRESS = re.compile(r'<img src="([^"]*)"')
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
xml:lang="zh-Hans" lang="zh-Hans">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>{body}</body>
</html>
"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" \
xml:lang="zh-Hans">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>zh-Hans</dc:language>
<dc:publisher>{paper}</dc:publisher>
<dc:date>{date}</dc:date>
<meta property="dcterms:modified">{modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}
</manifest>
<spine>
<itemref idref="nav"/>
{spine}
</spine>
</package>
"""
STYLE = """body { line-height: 1.7; }
p { margin: 0; text-indent: 2em; text-align: justify; }
h1, h2 { line-height: 1.35; }
figure { margin: 1em 0; }
figcaption { font-size: .9em; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; }
td, th { border: 1px solid; padding: .2em .5em; }
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """An article as a file of the publication, with the pictures that it shows, by their names."""

    name: str
    title: str
    xhtml: str
    pictures: dict[str, bytes]


def epub_of(
    issue: Issue, pages: Sequence[tuple[Page, Sequence[Article]]], paper: str, origin: str
) -> bytes:
    """Return an issue as an EPUB file. No query.

    Its articles, page after page, are loaded `queries.with_parts`. Pictures are read from their
    files; one that is missing is left out, its words stay.
    """
    told = [(page, [chapter_of(each, origin) for each in articles]) for page, articles in pages]
    chapters = [chapter for _page, found in told for chapter in found]
    articles = [article for _page, found in pages for article in found]
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _write(archive, "mimetype", MIMETYPE, compression=ZIP_STORED)
        _write(archive, "META-INF/container.xml", CONTAINER)
        _write(archive, "package.opf", _package(issue, articles, chapters, paper, origin))
        _write(archive, "nav.xhtml", _contents(issue, told, paper))
        _write(archive, "style.css", STYLE)
        for chapter in chapters:
            _write(archive, chapter.name, chapter.xhtml)
        for name, data in _pictures(chapters).items():
            _write(archive, name, data, compression=ZIP_STORED)
    return file.getvalue()


def chapter_of(article: Article, origin: str) -> Chapter:
    """Return an article as a file of its own, its pictures beside it."""
    title, pictures = content.xml_text(article.display_title), _pictures_of(article, origin)
    names = {url: name for url, (name, _data) in pictures.items()}
    html = f"<h1>{escape(title)}</h1>{content.html_of(article, origin)}"
    body = as_xhtml(content.xml_text(html), names)
    return Chapter(
        name=f"article-{article.pk}.xhtml",
        title=title,
        xhtml=DOCUMENT.format(title=escape(title), body=body),
        pictures=dict(pictures.values()),
    )


def as_xhtml(html: str, pictures: dict[str, str]) -> str:
    """Return HTML as XML; pictures are taken from the names of their addresses, others left out."""

    def closed(found: re.Match) -> str:
        tag, attributes = found.groups()
        if tag != "img":
            return f"<{tag}{attributes.rstrip()}/>"
        address = ADDRESS.match(found[0])
        if not address or address[1] not in pictures:
            return ""
        return f'<img src="{pictures[address[1]]}"{found[0][address.end() :].rstrip("/>")}/>'

    return VOID.sub(closed, html).replace("&nbsp;", "\u00a0")


def _pictures_of(article: Article, origin: str) -> dict[str, tuple[str, bytes]]:
    """Return name and bytes of each picture that has a file, by its address as escaped HTML."""
    found = {}
    for picture, caption in zip(
        content.pictures(article, origin), article.captions.all(), strict=True
    ):
        photo = caption.photo
        try:
            with photo.file.storage.open(renditions.rendition_name(photo, RENDITION)) as file:
                found[escape(picture.url)] = (f"photo-{photo.uid}.jpg", file.read())
        except OSError:
            continue
    return found


def _pictures(chapters: Sequence[Chapter]) -> dict[str, bytes]:
    return {name: data for chapter in chapters for name, data in chapter.pictures.items()}


def _package(
    issue: Issue, articles: Sequence[Article], chapters: Sequence[Chapter], paper: str, origin: str
) -> str:
    changed = max([issue.released_at, *map(content.updated_at, articles)]).astimezone(UTC)
    return PACKAGE.format(
        identifier=escape(origin + issue.get_absolute_url()),
        title=escape(f"{paper} {issue.title}"),
        paper=escape(paper),
        date=issue.issued_on.isoformat(),
        modified=f"{changed:%Y-%m-%dT%H:%M:%SZ}",
        items="\n".join(_items(chapters)),
        spine="\n".join(f'<itemref idref="{_id(each.name)}"/>' for each in chapters),
    )


def _items(chapters: Sequence[Chapter]) -> Iterator[str]:
    kinds = {each.name: "application/xhtml+xml" for each in chapters}
    for name, kind in (kinds | dict.fromkeys(_pictures(chapters), "image/jpeg")).items():
        yield f'<item id="{_id(name)}" href="{name}" media-type="{kind}"/>'


def _id(name: str) -> str:
    return name.partition(".")[0]


def _contents(issue: Issue, told: Sequence[tuple[Page, list[Chapter]]], paper: str) -> str:
    pages = "".join(
        f"<li><span>{escape(page.title)}</span><ol>{''.join(map(_entry, chapters))}</ol></li>"
        for page, chapters in told
    )
    pages = pages or f"<li><span>{gettext('There is no article on this page.')}</span></li>"
    heading = f"<h1>{escape(f'{paper} {issue.title}')}</h1>"
    body = f'{heading}<nav epub:type="toc" id="toc"><ol>{pages}</ol></nav>'
    return DOCUMENT.format(title=escape(f"{paper} {issue.title}"), body=body)


def _entry(chapter: Chapter) -> str:
    return f'<li><a href="{chapter.name}">{escape(chapter.title)}</a></li>'


def _write(archive: ZipFile, name: str, data: str | bytes, *, compression=ZIP_DEFLATED) -> None:
    entry = ZipInfo(name, TIME)
    entry.compress_type = compression
    archive.writestr(entry, data)
