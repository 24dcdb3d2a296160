"""Words are stored: every door that changes an article's words closes here.

In one transaction a door holds the article (`workflow.hold`), stores the words, and calls
`words_stored`, which keeps a revision and voids what the change voids.
"""

from articles import revisions, workflow
from articles.models import Article, Change, Member, Revision


def words_stored(
    article: Article,
    *,
    by: Member,
    change: Change = Change.EDITED,
    reason: str = "",
    notice: str = "",
) -> Revision | None:
    """Keep the words as they now stand; None where they are as they were.

    Readings of the earlier words are void. Published words stay public: `reason` says why
    they change, and `notice`, where given, tells readers (`Correction`). Raises MoveRefused,
    and then the transaction must not be committed.
    """
    revision = revisions.record(article, by=by, change=change, reason=reason)
    if revision and revision.number > 1:
        workflow.words_changed(article, revision, by=by, reason=reason, notice=notice)
    return revision
