"""How much of its text each article of a row shows."""

from articles.layout.grid import row_fit
from articles.layout.grid.cell_heights import BROAD, Measures, Step, choices
from articles.layout.grid.ranking import ARTICLE, DOCUMENT, PHOTO


def article(rank=3, kind=ARTICLE, *, sentences=10, length=40.0, **facts) -> Measures:
    steps = tuple(Step(length, at % 3 == 0, True) for at in range(sentences))
    return Measures(rank, kind, headline=12, steps=steps, **facts)


def fitted(*cells, spans):
    options = [
        row_fit.cell_options(cell, span, BROAD, total=8)
        for cell, span in zip(cells, spans, strict=True)
    ]
    return row_fit.fit_row(options, spans, is_exact=True)


def test_the_more_articles_the_less_room_for_each():
    assert row_fit.budgets(6) == {1: 640, 2: 400, 3: 210, 4: 0}
    assert row_fit.budgets(14) == {1: 330, 2: 190, 3: 95, 4: 0}
    assert row_fit.budgets(15) == {1: 300, 2: 150, 3: 80, 4: 0}
    assert row_fit.word_budget(article(3, PHOTO), 20) == 150


def test_articles_alike_show_alike():
    fit = fitted([article()], [article()], [article()], spans=(4, 4, 4))
    assert len(set(fit.steps)) == 1 and fit.cost < 10


def test_a_taller_headline_is_made_up_by_fewer_sentences():
    tall = article()._replace(headline=50)
    (plain,), (under_tall,) = fitted([article()], [tall], spans=(6, 6)).steps
    assert plain > under_tall


def test_the_text_beside_a_short_article_is_short():
    (long,), (short,) = fitted([article()], [article(sentences=1)], spans=(6, 6)).steps
    assert (long, short) == (1, 1) or long <= 3


def test_a_text_does_not_end_where_it_may_not():
    steps = tuple(Step(40, at == 0, at % 2 == 1) for at in range(10))
    odd = article()._replace(steps=steps)
    ends = [choice.steps for choice in choices(odd, 4, BROAD)]
    assert ends == [2, 4, 6, 8, 10]
    assert all(shown % 2 == 0 for (shown,) in fitted([odd], [article()], spans=(6, 6)).steps[:1])


def test_in_a_stack_the_sentences_go_where_least_is_shown():
    options = row_fit.cell_options([article(), article()], 4, BROAD, total=8)
    assert options[0].steps == (1, 1)
    assert all(abs(one - other) <= 1 for one, other in (option.steps for option in options))
    heights = [option.height for option in options]
    assert heights == sorted(heights)


def test_a_lead_with_a_picture_gets_text_for_the_height_of_the_picture():
    lead = article(1, sentences=25, picture="wide", picture_width=1200, caption=20.0)
    fit = fitted([lead], spans=(12,))
    chosen = next(each for each in choices(lead, 12, BROAD) if (each.steps,) == fit.steps[0])
    assert chosen.void < 40


def test_a_document_is_measured_in_its_box():
    plain, boxed = choices(article(), 12, BROAD), choices(article(kind=DOCUMENT), 12, BROAD)
    assert boxed[0].height > plain[0].height + 70
