"""Get or create the columns, contributors and tags that an archive names.

Another transaction that creates the same ones is waited for.
"""

import uuid
from collections.abc import Collection

from taggit.models import Tag

from articles import publication
from articles.archive.format.records import ContributorName
from articles.lists.entries import follow_names
from articles.models import Column, Contributor


def columns(names: Collection[str]) -> dict[str, Column]:
    """Return the columns of these names. Three queries at most, however many."""
    wanted = Column.objects.filter(name__in=names)
    found = {column.name: column for column in wanted}
    if missing := sorted({*names} - found.keys()):
        Column.objects.bulk_create((Column(name=n) for n in missing), ignore_conflicts=True)
        found = {column.name: column for column in wanted.all()}
    return found


def contributors(pairs: Collection[ContributorName]) -> dict[ContributorName, Contributor]:
    """Return the contributors of these names and distinctions. Three queries at most."""
    wanted = Contributor.objects.filter(name__in={name for name, _ in pairs})
    found = {(who.name, who.distinction): who for who in wanted}
    if missing := sorted({*pairs} - found.keys()):
        new = (Contributor(name=n, distinction=d) for n, d in missing)
        Contributor.objects.bulk_create(new, ignore_conflicts=True)
        follow_names({name for name, _ in missing})
        publication.change(publication.LISTS, publication.NAMES)
        found = {(who.name, who.distinction): who for who in wanted.all()}
    return found


def tags(names: Collection[str]) -> dict[str, Tag]:
    """Return the tags of exactly these names. Four queries at most, however many."""
    wanted = Tag.objects.filter(name__in=names)
    found = {tag.name: tag for tag in wanted}
    if missing := sorted({*names} - found.keys()):
        Tag.objects.bulk_create(_with_slugs(missing))
        found = {tag.name: tag for tag in wanted.all()}
    return found


def _with_slugs(names: list[str]) -> list[Tag]:
    """Return new tags, each with a slug of its own."""
    tags = [Tag(name=name) for name in names]
    slugs = {tag.slugify(tag.name)[:80] for tag in tags}
    taken = {"", *Tag.objects.filter(slug__in=slugs).values_list("slug", flat=True)}
    for tag in tags:
        slug = tag.slugify(tag.name)[:80]
        tag.slug = f"{slug}_{uuid.uuid4().hex[:12]}" if slug in taken else slug
        taken.add(tag.slug)
    return tags
