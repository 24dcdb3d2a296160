"""The HTML of a page in a design; its articles stand in bands of frames."""

import html
import random
from collections.abc import Iterator, Sequence

from . import grid_html
from .content import KnownArticle, Picture
from .designs import HEADS, Design
from .grid_html import GridArticle

STYLE = """
@page {{ margin: 0 }}
* {{ box-sizing: border-box }}
body {{ margin: 0; padding: 10mm; width: {width}mm; font: {size}pt/{leading} "{face}";
  text-align: justify; line-break: strict }}
p {{ margin: 0; text-indent: 2em }}
h1, h2, h3 {{ margin: 0; font-family: "{head_face}"; text-align: center; line-height: 1.2;
  text-wrap: balance }}
h2, h3 {{ font-weight: normal }}
.band {{ display: flex; gap: {gutter}mm; margin-bottom: {space}mm }}
.frame {{ position: relative; flex: none }}
.stack > .frame + .frame {{ margin-top: {space}mm }}
.body {{ column-gap: {gutter}mm; column-rule: {rule} }}
.ruled {{ border-top: .3mm solid #000; padding-top: 1mm }}
.boxed {{ border: .3mm solid #000; padding: 2mm }}
.tinted {{ background: #e8e8e8; padding: 2mm }}
.spaced h1 {{ letter-spacing: .5em }}
.reversed h1 {{ background: #222; color: #fff; padding: 1mm }}
.left h1, .left h2, .left h3 {{ text-align: left }}
.plain h2, .plain h3 {{ font-size: 1em !important }}
.side {{ display: flex; gap: 2mm }}
.side > .head {{ writing-mode: vertical-rl; flex: none }}
.side > .beside {{ flex: 1 }}
.byline {{ text-indent: 0; text-align: center }}
.subhead {{ text-indent: 0; text-align: center; font-weight: bold }}
.caption, .credit {{ font: {caption_size}pt/1.3 "{caption_face}"; text-indent: 0 }}
.credit {{ text-align: right }}
figure {{ margin: 1mm 0; break-inside: avoid }}
img {{ display: block; width: 100% }}
td, th {{ border: .2mm solid #000; padding: .5mm 1mm }} table {{ border-collapse: collapse }}
.folio {{ display: flex; justify-content: space-between; border-bottom: .5mm solid #000;
  margin-bottom: 3mm; text-indent: 0 }}
.advert {{ border: 1mm solid #000; padding: 3mm; text-align: center }}
.masthead {{ display: flex; align-items: end; gap: 8mm; border-bottom: .6mm solid #000 }}
.masthead p {{ text-indent: 0 }} .masthead .name {{ font-size: 5em; line-height: 1.1 }}
.label {{ text-indent: 0; text-align: left; margin-bottom: 1mm }}
.label span {{ background: #333; color: #fff; padding: 0 .5em }}
.narrow h2, .narrow h3 {{ max-width: 14em; margin: 0 auto; text-wrap: balance }}
.loose h1, .loose h2, .loose h3 {{ text-wrap: wrap }}
.bold-kicker h2 {{ font-weight: bold }}
.foot {{ text-align: center; text-indent: 0; margin-top: 2mm }}
figure.wrapped {{ float: right; width: 46%; margin: 1mm 0 1mm 3mm }}
"""
PIXEL = "data:image/gif;base64,R0lGODdhAgACAIABAICAgMDAwCwAAAAAAgACAAACAoRRADs="  # two by two


class PageHtml:
    """The page of one seed; `frames` are its articles by the id of their frame."""

    def __init__(self, articles: Sequence[KnownArticle], design: Design, seed: int):
        self.articles, self.design = articles, design
        self.chance = random.Random(seed * 17 + 3)
        self.label = f"A{self.chance.randint(1, 8)}"

    def render(self) -> str:
        """Return the whole page."""
        style = (STYLE + grid_html.STYLE).format(
            **vars(self.design) | {"width": self.design.width + 20},
            rule=".2mm solid #000" if self.design.has_column_rules else "none",
        )
        top = self._masthead() if self.chance.random() < 0.15 else self._folio()
        bands = list(self._bands())
        if self.chance.random() < 0.15:
            bands.insert(self.chance.randint(0, len(bands)), self._table())
        parts = [top, *bands, self._advert(), self._editors(), self._foot()]
        return f"<!doctype html><meta charset=utf-8><style>{style}</style>" + "".join(parts)

    def _folio(self) -> str:
        if self.chance.random() < 0.2:
            return ""
        return (
            f'<p class="folio" data-furniture><span>{self.label} 要闻</span>'
            "<span>2026年11月30日 星期一</span><span>云溪日报</span></p>"
        )

    def _masthead(self) -> str:
        return (
            '<div class="masthead" data-furniture><p class="name">云溪日报</p>'
            "<p>2026年11月30日 星期一<br>农历丙午年十月廿二<br>第1234期 今日8版</p>"
            "<p>中共云溪区委主管主办<br>国内统一连续出版物号：CN 32-0000</p></div>"
        )

    def _foot(self) -> str:
        is_there = self.chance.random() < 0.15
        return f'<p class="foot" data-furniture>— {self.label[1:]} —</p>' if is_there else ""

    def _table(self) -> str:
        """Return a table that belongs to no article."""
        rows = "".join(
            f"<tr><td>{name}</td><td>{self.chance.randint(80, 2000)}</td>"
            f"<td>{self.chance.randint(1, 99)}%</td></tr>"
            for name in ("一月", "二月", "三月", "四月", "五月")
        )
        head = "<tr><th>月份</th><th>产量（吨）</th><th>增长</th></tr>"
        return (
            f'<div class="band"><table data-furniture style="width:60%">{head}{rows}</table></div>'
        )

    def _editors(self) -> str:
        words = "责任编辑：李文　版式：周舟　校对：严格"
        return f'<p class="byline" data-furniture>{words}</p>' if self.chance.random() < 0.5 else ""

    def _advert(self) -> str:
        if self.chance.random() < 0.7:
            return ""
        return (
            '<div class="advert" data-furniture><p class="byline">广告</p>'
            '<p class="byline" style="font-size:2em">青禾家具城周年庆</p>'
            '<p class="byline">地址：河埠街道人民路8号　电话：0519-88888888</p></div>'
        )

    def _bands(self) -> Iterator[str]:
        """Yield the bands: each has frames whose columns add up to those of the page."""
        ahead = list(enumerate(self.articles))
        while ahead:
            most = max(self.design.columns // 2, 1)
            count = min(self.chance.choice([1, 1, 2, 2, 3]), len(ahead), most)
            cells = [[ahead.pop(0)] for _ in range(count)]
            if count > 1 and ahead and self.chance.random() < 0.3:
                cells[-1].append(ahead.pop(0))
            yield f'<div class="band">{"".join(self._cells(cells))}</div>'

    def _cells(self, cells: Sequence[list]) -> Iterator[str]:
        lengths = [sum(_length(article) for _, article in cell) for cell in cells]
        spans = share_columns(lengths, self.design.columns)
        for cell, span in zip(cells, spans, strict=True):
            frames = "".join(self._frame(number, article, span) for number, article in cell)
            width = span * self.design.column + (span - 1) * self.design.gutter
            yield f'<div class="stack" style="width:{width}mm;flex:none">{frames}</div>'

    def _frame(self, number: int, article: KnownArticle, span: int) -> str:
        head = self.chance.choice(HEADS)
        if span == 1 and head == "vertical":
            head = "large"
        layer = self.chance.randint(1, 99) if self.design.shuffled else number
        around = self.chance.choice(["", "", "", "", "boxed", "tinted"])
        if not around and self.design.has_article_rules:
            around = "ruled"
        extra = self.chance.choice(["", "", "narrow", "loose", "bold-kicker"])
        if self.chance.random() < 0.45:
            return self._grid(number, article, span, f"{around} {extra}")
        if head == "plain" and extra == "bold-kicker":
            extra = ""  # nothing would tell the kicker from the headline
        head += f" {extra}"
        is_down = head.startswith("vertical")
        inner = self._side(article, span) if is_down else self._over(article, span, head)
        classes = f"frame {head} {around} {'side' if is_down else ''}"
        return (
            f'<div class="{classes}" data-article="{number}" style="z-index:{layer}">{inner}</div>'
        )

    def _grid(self, number: int, article: KnownArticle, span: int, classes: str) -> str:
        is_inset = "boxed" in classes or "tinted" in classes
        grid = GridArticle(article, self.design, self.chance, span)
        inner = grid.render("".join(self._copy(article)), self._heads, self._figure)
        data = grid.attributes(4.6 if is_inset else 0)
        return (
            f'<div class="frame {classes}" data-article="{number}">'
            f'<div class="grid" style="position:relative" {data}>{inner}</div></div>'
        )

    def _side(self, article: KnownArticle, span: int) -> str:
        heads = self._heads(article, 1.8)
        return (
            f'<div class="head">{heads}</div><div class="beside">{self._body(article, span)}</div>'
        )

    def _over(self, article: KnownArticle, span: int, head: str) -> str:
        scale = min(1.2 + 0.35 * span + self.chance.random(), 3.6)
        head = head.split()[0]
        heads = self._heads(article, 1 if head == "plain" else scale)
        if head == "in-column":
            heads = self._heads(article, min(scale, 1.7))
            return self._body(article, span, before=heads)
        return f'<div class="head">{heads}</div>{self._body(article, span)}'

    def _heads(self, article: KnownArticle, scale: float) -> str:
        small = min(max(1.05, scale * 0.55), scale * 0.9)
        rows = [("h2", article.kicker, small), ("h1", article.headline, scale)]
        rows += [("h3", article.deck, small)]
        return "".join(
            f'<{tag} style="font-size:{size:.2f}em">{html.escape(text)}</{tag}>'
            for tag, text, size in rows
            if text
        )

    def _body(self, article: KnownArticle, span: int, before: str = "") -> str:
        rows = self._copy(article)
        pictures = [self._figure(picture) for picture in article.pictures]
        above = ""
        for figure in pictures:
            if self.chance.random() < 0.25:
                above += figure
            else:
                rows.insert(self.chance.randint(0, len(rows)), figure)
        columns = f"column-count:{span}"
        return f'{above}<div class="body" style="{columns}">{before}{"".join(rows)}</div>'

    def _copy(self, article: KnownArticle) -> list[str]:
        """Return byline and paragraphs."""
        rows = [self._paragraph(text) for text in article.paragraphs]
        if article.jump:
            rows[-1] = rows[-1].replace("</p>", article.jump + "</p>")
        if article.byline:
            rows.insert(0, f'<p class="byline">{html.escape(article.byline)}</p>')
        return rows

    def _paragraph(self, text: str) -> str:
        is_subhead = len(text) <= 14 and text.isalpha()
        name = ' class="subhead"' if is_subhead else ""
        return f"<p{name}>{html.escape(text)}</p>"

    def _figure(self, picture: Picture) -> str:
        ratio = self.chance.choice(["3/2", "4/3", "1/1", "16/9"])
        image = f'<img data-picture="{picture.key}" src="{PIXEL}" style="aspect-ratio:{ratio}">'
        if self.chance.random() < 0.5:
            words = f'<p class="caption">{picture.caption}{picture.credit}</p>'
        else:
            words = (
                f'<p class="caption">{picture.caption}</p><p class="credit">{picture.credit}</p>'
            )
        return f"<figure>{image}{words}</figure>"


def _length(article: KnownArticle) -> int:
    return sum(map(len, article.paragraphs)) + 150 + 300 * len(article.pictures)


def share_columns(lengths: Sequence[int], columns: int) -> list[int]:
    """Share the columns of a page by the lengths of what stands side by side; one at least."""
    spans = [1] * len(lengths)
    while sum(spans) < columns:
        fullest = max(range(len(spans)), key=lambda n: lengths[n] / spans[n])
        spans[fullest] += 1
    return spans
