"""What every reader's page says about keeping it."""

from functools import wraps

from django.views.decorators.http import require_safe

KEPT_FOR = "public, max-age=60"


def reader_page(view):
    """Let a view answer GET and HEAD only, with a page that anyone may keep for a minute."""

    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", KEPT_FOR)
        return response

    return answer
