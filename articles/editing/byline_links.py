"""Link the names of new bylines to contributors, where a name is that of only one."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Count, Min

from articles.models import Contributor

from .saving import BaseVersion, Submission


def link_new_names(submission: Submission, base: BaseVersion) -> Submission:
    """Return a submission with the new bylines linked whose name only one contributor has.

    A byline that its form was opened with stays as it is: somebody may have removed the link.
    One query, none without such a byline.
    """
    links = submission.links
    new = [byline for byline, key in links.items() if key is None and byline not in base.links]
    found = unambiguous_contributors({byline.name for byline in new}) if new else {}
    linked = {byline: found[byline.name] for byline in new if byline.name in found}
    return replace(submission, links={**links, **linked})


def unambiguous_contributors(names: Iterable[str]) -> dict[str, int]:
    """Return the contributor (an id) of each name that exactly one has. One query."""
    named = Contributor.objects.filter(name__in=names).order_by().values("name")
    single = named.annotate(key=Min("pk")).alias(number=Count("pk")).filter(number=1)
    return dict(single.values_list("name", "key"))
