"""The HTML of articles whose heads and pictures take columns out of their copy's."""

import html
import random
from collections.abc import Sequence

from .content import KnownArticle, Picture
from .designs import Design

PIXELS = 96 / 25.4  # of a millimetre
STYLE = """
.grid > * {{ position: absolute }}
.grid .text {{ overflow: visible }}
.grid .cut {{ text-align-last: justify }} .grid .rest {{ text-indent: 0 }}
.grid figure {{ margin: 0 }}
.grid .down {{ writing-mode: vertical-rl; text-align: center }}
.grid .down h1, .grid .down h2, .grid .down h3 {{ margin: 0 auto; text-wrap: wrap }}
"""
PLANS = ("across", "across", "part", "part", "beside", "down", "middle")


class GridArticle:
    """An article of some columns; its plan is drawn."""

    def __init__(self, article: KnownArticle, design: Design, chance: random.Random, span: int):
        self.article, self.design, self.chance, self.span = article, design, chance, span
        plans = ("across", "across", "down") if span == 1 else PLANS
        self.plan = chance.choice(plans)
        if self.plan == "middle" and span < 3:
            self.plan = "across"

    def attributes(self, inset: float = 0.0) -> str:
        """Return the data that the script lays out by; lengths in pixels."""
        design = self.design
        column = (design.column - inset / self.span) * PIXELS
        line = design.size * design.leading * 96 / 72
        return (
            f'data-columns="{self.span}" data-column="{column:.2f}" data-line="{line:.2f}"'
            f' data-gutter="{design.gutter * PIXELS:.2f}"'
        )

    def render(self, paragraphs: str, heads, figure) -> str:
        """Return head, pictures and copy; `heads` sets heads of a size, `figure` a picture."""
        head, pictures = self._head(heads), self.article.pictures
        is_over = self.plan == "across" and self.chance.random() < 0.3
        figures = [self._figure(each, figure, is_over=is_over) for each in pictures]
        parts = [*figures, head] if is_over else [head, *figures]
        return "".join(parts) + f'<div class="source" style="width:100%">{paragraphs}</div>'

    def _head(self, heads) -> str:
        start, end, more = 0, self.span, ""
        if self.plan == "part":
            end = self.chance.randint(max(1, self.span // 2), self.span - 1)
        elif self.plan == "beside":
            end, more = max(1, self.span // 3), ' data-tall="1"'
        elif self.plan == "middle":
            start, end = 1, self.span - 1
        elif self.plan == "down":
            end = 1
        width = end - start
        scale = min(1.25 + 0.4 * width + 0.6 * self.chance.random(), 3.4)
        down = " down" if self.plan == "down" else ""
        if down:
            scale, more = min(scale, 2.2), more + f' style="height:{self._height(scale):.0f}em"'
        place = f'data-from="{start}" data-to="{end}" data-at="0"'
        return f'<div class="head{down}" {place}{more}>{heads(self.article, scale)}</div>'

    def _height(self, scale: float) -> float:
        """Return the height of a head that runs down, in ems of the copy: two lines at most."""
        return max(scale * (len(self.article.headline) * 0.55 + 2), 8)

    def _figure(self, picture: Picture, figure, *, is_over: bool) -> str:
        width = self.chance.randint(1, max(1, min(self.span, 3)))
        start = self.chance.choice(
            [0, self.span - width, self.chance.randint(0, self.span - width)]
        )
        at = self.chance.choice(["0", "0", "0.5", "1"])
        if self.plan in ("beside", "down") and start < max(1, self.span // 3):
            start, at = min(max(1, self.span // 3), self.span - 1), "1"
            width = min(width, self.span - start)
        if self.plan == "middle":
            start, width, at = 0, 1, "1"
        if is_over:
            start, width, at = 0, self.span, "0"
        place = f'data-from="{start}" data-to="{start + width}" data-at="{at}"'
        return figure(picture).replace("<figure", f"<figure {place}", 1)


def set_paragraphs(texts: Sequence[str]) -> str:
    """Return paragraphs of which none has markup within."""
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts)
