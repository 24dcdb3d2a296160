"""我的提醒: the page on which members choose how they are told of waiting articles."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import NoticeSettings

from .notice_form import NoticeForm


class NoticesMixin:
    """Adds to the admin site the page of a member's own notices."""

    def get_urls(self):
        """Add its address."""
        return [
            path("notices/", self.admin_view(self.my_notices), name="my_notices"),
            *super().get_urls(),
        ]

    def each_context(self, request):
        return super().each_context(request) | {"has_notices": settings.NOTICES}

    def my_notices(self, request: HttpRequest):
        """Show and store a member's own choice. One query, three more to store it."""
        stored = NoticeSettings.objects.filter(member=request.user).first()
        stored = stored or NoticeSettings(member=request.user)
        data = request.POST if request.method == "POST" and settings.NOTICES else None
        form = NoticeForm(data, member=request.user, stored=stored)
        if form.is_valid():
            form.save()
            messages.success(request, gettext("Your notices are set."))
            return HttpResponseRedirect(reverse("admin:my_notices"))
        context = self.each_context(request) | {
            "title": _("My notices"),
            "form": form,
            "stored": stored,
        }
        return TemplateResponse(request, "admin/notices.html", context)
