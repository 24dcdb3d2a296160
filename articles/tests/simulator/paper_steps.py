"""What happens around articles: releases, photos, imports, backups, the clock and the cache."""

import json
import shutil
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from articles.models import Article, Issue, Photo
from articles.photos import media_files
from articles.tests.form_helpers import fields
from articles.tests.issue_helpers import CONFIRM, RELEASE_NOW, release_at, release_url
from articles.workflow.preflight import Inspection
from newsroom.backup import folder, verification

from .desk_steps import CHIEFS, WRITERS, adopt, form_url, settle_words, some_piece
from .newsroom_model import Paper, body, headline
from .simulation import Answer, Picture, Simulation, commanded


def releases_or_recalls(sim: Simulation) -> None:
    """Let a chief release a paper, now or for a minute, or recall one."""
    waiting = [paper for paper in sim.papers if not paper.is_published(sim.now)]
    if not waiting:
        return
    ready = [paper for paper in waiting if is_ready(sim, paper)]
    paper = sim.chance.choice(ready if ready and sim.chance.random() < 0.9 else waiting)
    issue = Issue.objects.get(pk=paper.pk)
    if paper.released_at:
        form = {"_recall": "1"} if sim.chance.random() < 0.3 else RELEASE_NOW | CONFIRM
    elif sim.chance.random() < 0.5:
        form = RELEASE_NOW | CONFIRM
    else:
        form = release_at(sim.now + timedelta(minutes=sim.chance.randint(1, 200))) | CONFIRM
    form = form | {"shown": list(Inspection.of(issue).keys)}
    answer = sim.ask(sim.someone(*CHIEFS), release_url(issue), form)
    settle_release(sim, paper, answer, wanted="_recall" not in form)


def is_ready(sim: Simulation, paper: Paper) -> bool:
    """Tell whether all articles of a paper are signed."""
    statuses = {piece.expected.status for piece in sim.pieces if piece.paper is paper}
    return statuses == {"signed"}


def settle_release(sim, paper: Paper, answer: Answer | None, *, wanted: bool) -> None:
    """Take a release or a recall into the model where it was stored."""
    issue = Issue.objects.get(pk=paper.pk)
    is_stored = issue.released_at != paper.released_at
    if answer and answer.is_done:
        assert is_stored, "an acknowledged release is not there"
    if is_stored:
        assert answer is None or answer.status in (302, 503, 507), answer.status
        assert (issue.released_at is not None) == wanted
        last = issue.releases.order_by("-pk").first()
        assert last and (last.act == "released") == wanted
        assert not wanted or is_ready(sim, paper)
        paper.released_at = issue.released_at
        sim.tally["released" if wanted else "recalled"] += 1


def uploads_a_photo(sim: Simulation) -> None:
    """Upload a photo to the library, once or twice."""
    uid, number = uuid4(), sim.mark()
    form = {"file": Picture(drawn(number)), "uid": str(uid), "anyway": "on"}
    address, person = reverse("admin:articles_photo_upload"), sim.someone(*WRITERS)
    for _ in range(sim.chance.choice([1, 1, 2])):
        answer = sim.ask(person, address, form)
        photo = Photo.objects.filter(uid=uid).first()
        if answer and answer.status == 200:
            assert photo is not None, "an acknowledged photo is not there"
        if photo:
            sim.photos.setdefault(photo.pk, "")


def drawn(number: int) -> bytes:
    """Return a small picture that no other number has."""
    buffer = BytesIO()
    Image.new("RGB", (60, 40), (number % 251, number // 7 % 251, 90)).save(buffer, "JPEG")
    return buffer.getvalue()


def prints_a_photo(sim: Simulation) -> None:
    """Put a photo of the library beside an article that has none."""
    piece = some_piece(sim)
    if not piece or not sim.photos or piece.photo:
        return
    person = sim.someone(*WRITERS)
    opened = sim.ask(person, form_url(piece))
    if not opened or opened.status != 200 or b'name="headline"' not in opened.content:
        return
    photo, number = sim.chance.choice([*sim.photos]), sim.mark()
    row = {"photo": str(photo), "words": f"图说Q{number:06d}Q", "credit": "周一鸣 摄", "order": "1"}
    form = fields(opened, "article_form") | {"_continue": "1", "captions-TOTAL_FORMS": "1"}
    form |= {f"captions-0-{name}": value for name, value in row.items()}
    typed = {"headline": headline(number + 1)}
    answer = sim.ask(person, form_url(piece), form | typed)
    settle_words(sim, person, piece, typed, answer)
    caption = Article.objects.get(pk=piece.pk).captions.first()
    is_stored = piece.words["headline"] == typed["headline"]
    assert is_stored == (caption is not None), "a caption without its words, or the other way"
    if caption:
        piece.photo = photo
        piece.words |= {"caption": row["words"], "alt": sim.photos[photo]}


def changes_a_photo(sim: Simulation) -> None:
    """Put another file in the place of a photo that no article uses."""
    used = {piece.photo for piece in sim.pieces}
    free = [pk for pk in sim.photos if pk not in used]
    if not free:
        return
    pk = sim.chance.choice(free)
    before, typed = Photo.objects.get(pk=pk), f"替代Q{sim.mark():06d}Q"
    form = {"file": Picture(drawn(sim.mark())), "focus": "0.5x0.5", "crops": "{}", "alt": typed}
    address = reverse("admin:articles_photo_change", args=[pk])
    answer = sim.ask(sim.someone(*WRITERS), address, form)
    after = Photo.objects.get(pk=pk)
    is_stored = after.alt == typed
    assert is_stored == (after.file.name != before.file.name), "half of a photo was stored"
    if is_stored:
        sim.photos[pk] = typed
    if answer and answer.is_done:
        assert is_stored, "an acknowledged photo is not there"


def imports_a_page(sim: Simulation) -> None:
    """Import the text of a page into an issue of its own: all of it or nothing."""
    number = sim.mark()
    words = {"headline": headline(number), "body": body(number + 1)}
    text = f"{words['headline']}\n\n{words['body'][3:-4]}\n"
    file = Path(sim.folder, f"{number}.txt")
    file.write_text(text)
    day = sim.now.date() - timedelta(days=number)

    def act():
        names = ("--issue", str(day), "--page", "A1")
        call_command("import_page", str(file), *names, stdout=StringIO(), stderr=StringIO())

    answer = sim.run("import_page", lambda: commanded(act))
    settle_import(sim, words, str(day), answer)


def imports_an_archive(sim: Simulation) -> None:
    """Import an issue of the archive, which makes nothing public."""
    number = sim.mark()
    words = {"headline": headline(number), "body": body(number + 1)}
    day = sim.now.date() - timedelta(days=number)
    row = {"date": str(day), "page": 1, "order": 1, "kicker": "", "deck": ""}
    row |= {"headline": words["headline"], "paragraphs": [words["body"][3:-4]]}
    file = Path(sim.folder, f"{number}.jsonl")
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n")

    def act():
        call_command("import_archive", str(file), verbosity=0)

    for _ in range(sim.chance.choice([1, 2])):
        answer = sim.run("import_archive", lambda: commanded(act))
        settle_import(sim, words, str(day), answer)


def settle_import(sim, words: dict[str, str], key: str, answer: Answer | None) -> None:
    """Take an imported article into the model where it was stored."""
    found = Article.objects.filter(headline=words["headline"]).select_related("page__issue")
    assert len(found) <= 1, "imported twice"
    if answer and answer.status in (0, 200):
        assert found, "an import that went well is not there"
    for article in found:
        if all(piece.pk != article.pk for piece in sim.pieces):
            paper = Paper(article.page.issue_id, article.page_id, key)
            adopt(sim, article.pk, words, paper)


def takes_a_backup(sim: Simulation) -> None:
    """Back up the paper; what counts as a backup verifies, whatever went wrong."""
    where = sim.folder / "backups"

    def act():
        call_command("backup", str(where), keep="3d,2m", verbosity=0)

    sim.run("backup", lambda: commanded(act))
    for backup in folder.backups(where)[-1:]:
        found = [str(defect) for defect in verification.defects(backup)]
        assert found == [], found
        sim.tally["backups verified"] += 1


def cleans_the_media_folder(sim: Simulation) -> None:
    """Remove what a killed worker has left; nothing else is there."""
    call_command("clean_media", grace=0, all_files=True, stdout=StringIO(), stderr=StringIO())
    assert media_files.stray_files(timedelta(0)) == []
    sim.may_have_strays = False


def lets_time_pass(sim: Simulation) -> None:
    """Move the clock: some seconds, hours, a day, or an hour back."""
    dice = sim.chance.random()
    seconds = sim.chance.choice([1, 30, 60, 3_600, 3 * 3_600, 24 * 3_600])
    sim.clock.move(timedelta(hours=-1) if dice < 0.15 else timedelta(seconds=seconds))


def breaks_or_mends_the_cache(sim: Simulation) -> None:
    """Empty the cache, or let it be out of order for a while."""
    place = Path(settings.CACHES["default"]["LOCATION"])
    if sim.is_cache_broken:
        place.unlink()
        sim.is_cache_broken = False
        return
    shutil.rmtree(place, ignore_errors=True)
    if sim.chance.random() < 0.5:
        place.touch()  # A file where a folder should be: nothing is read or written there.
        sim.is_cache_broken = True
