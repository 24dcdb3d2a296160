"""The buttons of the procedure on the article form."""

from django.contrib import messages
from django.http import HttpResponseRedirect

from articles.workflow import MOVES, MoveRefused, move, open_moves


class Moves:
    """Adds a button for each step open to the member (`admin/articles/article/_moves.html`).

    A button stores the form first and then takes the step with what was stored: nothing typed
    is lost, and what is signed is what the form showed. Mixed into the article's ModelAdmin.
    """

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        names = open_moves(obj, by=request.user) if obj else []
        context["moves"] = [(name, MOVES[name].label) for name in names]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request, obj):
        if name := request.POST.get("_move"):
            take_step(request, obj, name)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)


def take_step(request, article, name: str) -> None:
    """Take a step with an article and tell the member how it went."""
    try:
        done = move(article, name, by=request.user)
    except MoveRefused as refusal:
        messages.error(request, f"{article}：{refusal}")
    else:
        messages.success(request, f"{article}：{done}")
