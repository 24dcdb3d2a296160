"""Columns, contributors and tags that an archive names: found, or made where there are none.

Whoever makes the same ones at the same time is waited for.
"""

import uuid
from collections.abc import Collection

from taggit.models import Tag

from articles.archived.clippings import Who
from articles.models import Column, Contributor


def columns(names: Collection[str]) -> dict[str, Column]:
    """Return the columns of these names. Three queries at most, however many."""
    wanted = Column.objects.filter(name__in=names)
    found = {column.name: column for column in wanted}
    if missing := sorted({*names} - found.keys()):
        Column.objects.bulk_create((Column(name=n) for n in missing), ignore_conflicts=True)
        found = {column.name: column for column in wanted.all()}
    return found


def contributors(pairs: Collection[Who]) -> dict[Who, Contributor]:
    """Return the contributors told by name and distinction. Three queries at most."""
    wanted = Contributor.objects.filter(name__in={name for name, _ in pairs})
    found = {(who.name, who.distinction): who for who in wanted}
    if missing := sorted({*pairs} - found.keys()):
        new = (Contributor(name=n, distinction=d) for n, d in missing)
        Contributor.objects.bulk_create(new, ignore_conflicts=True)
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
    """Return new tags, each with a slug that no other has."""
    made = [Tag(name=name) for name in names]
    plain = {tag.slugify(tag.name)[:80] for tag in made}
    taken = {"", *Tag.objects.filter(slug__in=plain).values_list("slug", flat=True)}
    for tag in made:
        slug = tag.slugify(tag.name)[:80]
        tag.slug = f"{slug}_{uuid.uuid4().hex[:12]}" if slug in taken else slug
        taken.add(tag.slug)
    return made
