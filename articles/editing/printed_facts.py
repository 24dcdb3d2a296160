"""What is printed of an article besides its words and pictures: the source, the genre's label.

A sign-off covers it: changed after a review, it must be read again (`saving.save`).
"""

from collections.abc import Mapping

from articles.models import Article


def printed_facts(article: Article) -> dict[str, str]:
    """Return the source and the genre's label of an article, by the names of the fields."""
    return {
        str(Article._meta.get_field("source").verbose_name): article.source,
        str(Article._meta.get_field("genre").verbose_name): str(article.get_genre_display()),
    }


def describe_change(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return what changed between two results of `printed_facts`; empty where nothing did."""
    changes = (
        f"{name}：{value or '—'} → {after[name] or '—'}"
        for name, value in before.items()
        if value != after[name]
    )
    return "；".join(changes)
