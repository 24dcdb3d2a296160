"""What must hold after every step: in the database, in the files, on readers' pages."""

from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections
from django.db.models import Count, Max

from articles.ledger import verification
from articles.models import Article, Issue, Photo, Review, Revision
from articles.photos import media_files
from articles.tests.workflow_state_machine import is_in_the_table

from .faults import LOST_DATABASE, Fault, striking
from .newsroom_model import Piece, marks_in, public
from .simulation import Simulation

GONE, SHOWN = (404, 410), 200


def check_rows(sim: Simulation) -> None:
    """The database has what the model has, no more and no less. Five queries."""
    names = ("pk", "status", "version", "headline", "body", "page")
    stored = {row[0]: row[1:] for row in Article.objects.values_list(*names)}
    expected = {
        piece.pk: (
            piece.expected.status,
            piece.expected.version,
            piece.words["headline"],
            piece.words["body"],
            piece.paper.page,
        )
        for piece in sim.pieces
    }
    assert stored == expected, {*stored.items()} ^ {*expected.items()}
    released = dict(Issue.objects.values_list("pk", "released_at"))
    known = {piece.paper.pk: piece.paper for piece in sim.pieces} | {p.pk: p for p in sim.papers}
    assert released == {pk: paper.released_at for pk, paper in known.items()}
    assert {*Photo.objects.values_list("pk", flat=True)} == {*sim.photos}
    check_revisions(sim)
    check_reviews(sim)


def check_revisions(sim: Simulation) -> None:
    """Revisions are numbered without gaps and hold their digest; every saved word is in one."""
    pieces = {piece.pk: piece for piece in sim.pieces}
    for revision in Revision.objects.filter(pk__gt=sim.last_revision).order_by("pk"):
        piece = pieces[revision.article_id]
        piece.revisions += 1
        assert revision.number == piece.revisions, "a gap between revisions"
        assert revision.copy.digest == revision.digest
        piece.kept |= {("headline", revision.copy.headline), ("body", revision.copy.body)}
        sim.last_revision = revision.pk
    for piece in sim.pieces[-12:]:
        assert piece.saved <= piece.kept, f"lost: {piece.saved - piece.kept}"
        assert piece.revisions == piece.expected.version


def check_reviews(sim: Simulation) -> None:
    """Each review follows from the one before, and the status from the last."""
    pieces = {piece.pk: piece for piece in sim.pieces}
    for review in Review.objects.filter(pk__gt=sim.last_review).order_by("pk"):
        piece = pieces[review.article_id]
        assert review.from_status == piece.reviewed
        assert is_in_the_table(review)
        piece.reviewed, sim.last_review = review.to_status, review.pk
    for piece in sim.pieces:
        assert piece.reviewed == piece.expected.status


def check_files(sim: Simulation) -> None:
    """No row is without its files; no file is without its row, but after a death."""
    assert [*media_files.rows_without_files()] == []
    if not sim.may_have_strays:
        strays = media_files.stray_files(timedelta(0))
        assert strays == [], strays


def note_what_is_shown(sim: Simulation) -> None:
    """Remember which words readers may have seen: corrections tell of them later."""
    for piece in public(sim.pieces, sim.now):
        piece.shown |= piece.marks()


def check_readers(sim: Simulation) -> None:
    """What was touched is seen by readers, or not, as the model says; so is a page at random."""
    note_what_is_shown(sim)
    if piece := sim.touched:
        if piece.is_withdrawn:
            for address in (piece.address, f"/{piece.paper.key}/"):
                check_outage(sim, address)
        check_article(sim, piece)
        sim.touched = None
    elif sim.pieces and sim.chance.random() < 0.6:
        check_page(sim, sim.chance.choice(addresses(sim)))


def check_article(sim: Simulation, piece: Piece) -> None:
    """The page of an article answers as it must, and the search finds it or not."""
    answer = sim.reader.get(piece.address)
    if piece.is_public(sim.now):
        assert answer.status_code == SHOWN, (piece.address, answer.status_code)
        assert piece.marks() <= marks(answer), piece.address
    else:
        assert answer.status_code in GONE, (piece.address, answer.status_code)
        assert (answer.status_code == 410) == piece.is_withdrawn, piece.address
    if sim.chance.random() < 0.7:
        return
    (word,) = marks_in(piece.words["headline"])
    found = f'href="{piece.address}"' in sim.reader.get(f"/search/?q={word}").content.decode()
    assert found == piece.is_public(sim.now), f"the search and {piece.address}"


def addresses(sim: Simulation) -> list[str]:
    """Return the public addresses of the paper."""
    lists = ["/", "/archive/", "/corrections/", "/feeds/paper.atom", "/feeds/paper.json"]
    lists += ["/sitemap.xml", "/sitemaps/news.xml", "/hant/", "/llms.txt"]
    for paper in sim.papers[-3:]:
        lists += [f"/{paper.key}/{tail}" for tail in ("", "pages/", "text/", "A1/")]
        lists += [f"/{paper.key}.json", f"/hant/{paper.key}/"]
    for piece in sim.pieces[-8:]:
        tails = ("/", ".json", ".archive.json", "/cite.bib", "/corrections/")
        lists += [f"/articles/{piece.pk}{tail}" for tail in tails]
    return lists


def check_page(sim: Simulation, address: str) -> None:
    """A page shows nothing that is not public, and is what an uncached build gives."""
    kept, built = sim.reader.get(address), unkept(sim, address)
    assert kept.status_code in (200, 301, 302, *GONE), (address, kept.status_code)
    same = (kept.status_code, kept.content) == (built.status_code, built.content)
    assert same, f"{address} is kept and not what is built: {marks(kept)} {marks(built)}"
    allowed = {mark for piece in public(sim.pieces, sim.now) for mark in piece.marks()}
    if address.endswith("/corrections/"):
        allowed |= {mark for piece in public(sim.pieces, sim.now) for mark in piece.shown}
    told = built.content.decode(errors="replace")[:3000]
    assert marks(built) <= allowed, (address, marks(built) - allowed, told)
    sim.tally["pages compared"] += 1


def unkept(sim: Simulation, address: str):
    """Ask for a page that is built anew."""
    megabytes, settings.PAGE_CACHE_MB = settings.PAGE_CACHE_MB, 0
    try:
        return sim.other_reader.get(address)
    finally:
        settings.PAGE_CACHE_MB = megabytes


def check_outage(sim: Simulation, address: str) -> None:
    """Without a database readers get a page that was right, or 503, and nothing withdrawn."""
    with striking(Fault(LOST_DATABASE, at=sim.chance.choice([1, 2, 4]))):
        answer = sim.reader.get(address)
    close_old_connections()
    assert answer.status_code in (200, 301, 302, 503, *GONE), (address, answer.status_code)
    gone = {mark for piece in sim.pieces if piece.is_withdrawn for mark in piece.shown}
    shown = {mark for piece in sim.pieces if not piece.is_withdrawn for mark in piece.shown}
    assert not marks(answer) & gone, f"{address} shows what was withdrawn"
    assert marks(answer) <= shown, f"{address} shows what was never public"
    sim.tally["looks without a database"] += 1


def marks(answer) -> set[str]:
    """Return the marks of words in an answer, also between what holds a line together."""
    return marks_in(answer.content.decode(errors="replace").replace("<wbr>", ""))


def check_everything(sim: Simulation) -> None:
    """Check every page and file, and the places of articles."""
    note_what_is_shown(sim)
    check_files(sim)
    for address in addresses(sim):
        check_page(sim, address)
    places = Article.objects.values("page").annotate(count=Count("pk"), last=Max("position"))
    assert [place for place in places if place["count"] != place["last"]] == []
    for piece in sim.pieces:
        assert piece.saved <= piece.kept
    assert verification.verify().defects == []
