"""Print pages as PDF with Chromium, with what they hold and where."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .content import KnownArticle, page_articles
from .designs import draw_design
from .page_html import PageHtml

FILL = Path(__file__).with_name("fill_frames.js").read_text()
MEASURE = """() => {
  const page = document.documentElement.getBoundingClientRect();
  const box = (each) => {
    const r = each.getBoundingClientRect();
    return [r.left / page.width, r.top / page.height, r.right / page.width, r.bottom / page.height];
  };
  const of = (name) => Object.fromEntries([...document.querySelectorAll(`[data-${name}]`)].map(
    (each) => [each.dataset[name], box(each)]));
  return {articles: of('article'), pictures: of('picture'), width: page.width, height: page.height};
}"""


@dataclass(frozen=True)
class KnownPage:
    """A printed page: its PDF, its articles, and boxes in fractions of the page."""

    seed: int
    pdf: bytes
    articles: Sequence[KnownArticle]
    frames: dict[str, list[float]]
    pictures: dict[str, list[float]]


def print_pages(
    chromium, source: Sequence[KnownArticle], seeds: Iterable[int]
) -> Iterator[KnownPage]:
    """Yield the page of each seed; `chromium` is a browser of Playwright."""
    tab = chromium.new_page()
    for seed in seeds:
        articles, design = list(page_articles(source, seed)), draw_design(seed)
        width = round((design.width + 20) * 96 / 25.4)
        tab.set_viewport_size({"width": width, "height": 1000})
        tab.emulate_media(media="print")
        tab.set_content(PageHtml(articles, design, seed).render())
        tab.evaluate(FILL, design.shuffled)
        found = tab.evaluate(MEASURE)
        height = int(1.02 * found["height"]) + 8  # a little more, or there were a second page
        size = {"width": f"{width}px", "height": f"{height}px"}
        pdf = tab.pdf(**size, print_background=True, page_ranges="1")
        share = found["height"] / height
        frames, pictures = (_lowered(found[name], share) for name in ("articles", "pictures"))
        yield KnownPage(seed, pdf, articles, frames, pictures)
    tab.close()


def _lowered(boxes: dict[str, list[float]], share: float) -> dict[str, list[float]]:
    """Return boxes in fractions of a page of which the contents fill a share from the top."""
    return {
        name: [left, top * share, right, bottom * share]
        for name, (left, top, right, bottom) in boxes.items()
    }
