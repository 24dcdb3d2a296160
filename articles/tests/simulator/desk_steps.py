"""What people of the desk do with articles, and what must have become of them."""

from functools import partial
from uuid import uuid4

from django.urls import reverse

from articles import revisions
from articles.models import Article, WorkingCopy
from articles.tests.editor_sessions import Window
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_data, fields
from articles.tests.role_tables import LEADS, READING, SIGNERS, STAFF, WHO, Expected
from articles.workflow.moves import MOVES

from .newsroom_model import NOBODY, Paper, Piece, body, headline, worded
from .simulation import Answer, Person, Simulation

WRITERS = [index for index, role in enumerate(STAFF) if role in WHO["submit"]]
CHIEFS = [index for index, role in enumerate(STAFF) if role in SIGNERS]
MOST_OF_A_PAPER = 2
NOTE = "见批注"


def form_url(piece: Piece) -> str:
    return reverse("admin:articles_article_change", args=[piece.pk])


def writes_an_article(sim: Simulation) -> None:
    """Post the form of a new article; now and then post it once more."""
    person, paper = sim.someone(*WRITERS), sim.papers[-1]
    if sum(piece.paper is paper for piece in sim.pieces) >= MOST_OF_A_PAPER:
        paper = sim.new_paper()
    uid, words = uuid4(), worded(sim.mark())
    form = article_data(page=str(paper.page), source="本报", **words) | {"_uid": str(uid)}
    post = partial(post_new, sim, person, paper, uid, words, form)
    post()
    repeat_some_time(sim, post)


def post_new(sim, person: Person, paper: Paper, uid, words, form) -> None:
    """Post the form of a new article, which makes it once."""
    answer = sim.ask(person, ARTICLE_ADD_URL, form)
    known = {piece.pk for piece in sim.pieces}
    article = Article.objects.filter(uid=uid).first()
    is_new = article is not None and article.pk not in known
    if answer and answer.is_done:
        assert article is not None, "a new article was acknowledged and is not there"
    if is_new:
        assert answer is None or answer.status in (302, 503, 507), answer.status
        adopt(sim, article.pk, words, paper, person.index)
    keep_typed(answer, words)


def adopt(sim: Simulation, pk: int, words, paper: Paper, writer: int = NOBODY) -> Piece:
    """Take a new article into the model."""
    # A copy: old forms keep the words with which they were opened.
    piece = Piece(pk, dict(words), paper, Expected(writer), saved={*words.items()})
    sim.pieces.append(piece)
    sim.touched = piece
    return piece


def keep_typed(answer: Answer | None, typed: dict[str, str]) -> None:
    """What was typed comes back where a fault kept it from being stored."""
    if answer and answer.status in (503, 507):
        assert typed["headline"] in answer.content.decode(), "what was typed is lost"


def repeat_some_time(sim: Simulation, post) -> None:
    """Let a request be sent again: at once, as a double click does, or much later."""
    dice = sim.chance.random()
    if dice < 0.1:
        post()
    elif dice < 0.3:
        sim.forms.append(post)


def sends_an_old_form(sim: Simulation) -> None:
    """Send a form that was opened or sent some time ago."""
    if sim.forms:
        sim.forms.pop(sim.chance.randrange(len(sim.forms)))()


def edits_an_article(sim: Simulation) -> None:
    """Open the form of an article, change a field or two, and post it: now or later."""
    if not (piece := some_piece(sim)):
        return
    person = sim.someone()
    answer = sim.ask(person, form_url(piece))
    if not answer or answer.status != 200 or b'id="article_form"' not in answer.content:
        return
    opened = fields(answer, "article_form")
    if "headline" not in opened:
        return  # It is only shown.
    number = sim.mark()
    typed = sim.chance.choice(
        [worded(number), {"headline": headline(number)}, {"body": body(number)}]
    )
    form = opened | typed | {"_continue": "1"}
    if "reason" in opened and sim.chance.random() < 0.8:
        form |= {"reason": "核实", "notice": sim.chance.choice(["", "更正：地名有误。"])}
    post = partial(post_words, sim, person, piece, typed, form)
    if sim.chance.random() < 0.2:
        sim.forms.append(post)
    else:
        post()
        repeat_some_time(sim, post)


def post_words(sim, person: Person, piece: Piece, typed: dict[str, str], form) -> None:
    """Post the form of an article; what is acknowledged is there, and nothing else is changed."""
    answer = sim.ask(person, form_url(piece), form)
    settle_words(sim, person, piece, typed, answer)
    if answer and answer.status in (503, 507):
        assert all(value in answer.content.decode() for value in typed.values() if "<" not in value)


def settle_words(sim, person: Person, piece: Piece, typed, answer: Answer | None) -> None:
    """Take typed words into the model where they were stored, as they had to be or might be."""
    stored = Article.objects.get(pk=piece.pk)
    is_stored = all(getattr(stored, name) == value for name, value in typed.items())
    may_be = answer is None or answer.status in (302, 503, 507)
    if answer and answer.is_done:
        assert is_stored, f"acknowledged words of article {piece.pk} are not there: {typed}"
    if is_stored and may_be:
        piece.save(typed, person.index, sim.now)
    sim.touched = piece


def some_piece(sim: Simulation) -> Piece | None:
    """Pick an article, mostly one of the last."""
    if not sim.pieces:
        return None
    latest = sim.pieces[-4:]
    return sim.chance.choice(latest if sim.chance.random() < 0.5 else sim.pieces)


def takes_the_step_that_is_due(sim: Simulation) -> None:
    """Let somebody who may bring an article nearer to print."""
    waiting = [piece for piece in sim.pieces if piece.expected.status in (*READING, "draft")]
    if not waiting:
        return
    piece = sim.chance.choice(waiting[:2] if sim.chance.random() < 0.7 else waiting[-4:])
    name = READING.get(piece.expected.status, "submit")
    able = [person for person in sim.staff if piece.may(name, person.index, sim.now)]
    if able:
        post_move(sim, sim.chance.choice(able), piece, name, seen_now(piece))


def takes_any_step(sim: Simulation) -> None:
    """Let anybody try any step."""
    if piece := some_piece(sim):
        name, person = sim.chance.choice(sorted(WHO)), sim.someone()
        post = partial(post_move, sim, person, piece, name, seen_now(piece))
        if sim.chance.random() < 0.3:
            sim.forms.append(post)
        else:
            post()


def withdraws_a_published_article(sim: Simulation) -> None:
    """Let a chief withdraw what readers see, or set out to print again what was withdrawn."""
    shown = [piece for piece in sim.pieces if piece.is_public(sim.now)]
    gone = [piece for piece in sim.pieces if piece.expected.status == "withdrawn"]
    if shown and sim.chance.random() < 0.7:
        piece = sim.chance.choice(shown)
        post_move(sim, sim.someone(*CHIEFS), piece, "withdraw", seen_now(piece))
    elif gone:
        piece = sim.chance.choice(gone)
        post_move(sim, sim.someone(*WRITERS), piece, "submit", seen_now(piece))


def seen_now(piece: Piece) -> dict:
    """Return what a page opened now says of an article."""
    return {"_version": str(piece.expected.version), "_status": piece.expected.status}


def post_move(sim, person: Person, piece: Piece, name: str, seen: dict) -> None:
    """Press the button of a step; it is taken by who may, on what is there, or not at all."""
    form = {"_move": name, "_note": NOTE, "_public_note": ""} | seen
    may = piece.may(name, person.index, sim.now) and seen == seen_now(piece)
    answer = sim.ask(person, reverse("admin:articles_article_move", args=[piece.pk]), form)
    last = Article.objects.get(pk=piece.pk).reviews.order_by("-pk").first()
    is_taken = last is not None and last.pk > sim.last_review
    is_told = answer is not None and any(str(MOVES[name].done) in told for told in answer.messages)
    assert is_taken or not is_told, f"an acknowledged {name} is not there"
    assert may or not is_taken, f"{STAFF[person.index]} took {name}"
    if may and answer and answer.is_done:
        assert is_taken, (name, answer.messages)
    if is_taken:
        assert (last.move, last.to_status) == (name, LEADS[name][piece.state(sim.now)])
        piece.move(name, person.index, sim.now)
        sim.tally[name] += 1
    sim.touched = piece


def types_without_saving(sim: Simulation) -> None:
    """Let a form be autosaved: what was acknowledged is kept for whoever typed it."""
    if not (piece := some_piece(sim)):
        return
    person, number = sim.someone(*WRITERS), sim.mark()
    article = Article.objects.get(pk=piece.pk)
    window = Window(person.member, article, client=person.client, version=article.version)

    def type_on() -> Answer:
        response = window.type(headline=headline(number))
        told = b'"serial"' in response.content or response.status_code == 200
        return Answer(response.status_code, content=b"kept" if told else b"")

    answer = sim.run("POST autosave", type_on)
    kept = WorkingCopy.objects.filter(member=person.member, editor_id=window.window).first()
    if answer and answer.status == 200:
        assert kept and dict(kept.fields)["headline"] == headline(number)
    assert revisions.read(article).headline == piece.words["headline"]
