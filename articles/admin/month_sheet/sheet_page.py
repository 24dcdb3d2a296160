"""The page of the month sheet, and its files."""

from datetime import date

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from articles.models import PointRate

from .counting import Line, month_sheet, months
from .exports import csv_file, xlsx_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {"xlsx": (xlsx_file, XLSX), "csv": (csv_file, "text/csv; charset=utf-8")}


def sheet_view(site: admin.AdminSite):
    """Return the view of the month sheet: a page, or with `format` a file."""

    @require_GET
    def view(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("articles.view_month_sheet"):
            raise PermissionDenied
        known = months()
        month = _chosen(request, known)
        lines = month_sheet(month) if month else []
        shown = request.GET.get("person")
        if name := request.GET.get("format"):
            return _file(name, month, lines)
        return TemplateResponse(
            request,
            "admin/articles/pointrate/month_sheet.html",
            {
                **site.each_context(request),
                **_context(known, month, lines),
                "shown": next((line for line in lines if line.person.key == shown), None),
            },
        )

    return view


def _chosen(request: HttpRequest, known: list[date]) -> date | None:
    """Return the month of the address, or the latest one; 404 for what is no month."""
    asked = request.GET.get("month")
    if not asked:
        return known[0] if known else None
    try:
        month = date.fromisoformat(f"{asked}-01")
    except ValueError as error:
        raise Http404 from error
    if not 1900 <= month.year < 3000:
        raise Http404
    return month


def _context(known: list[date], month: date | None, lines: list[Line]) -> dict:
    return {
        "title": _("Month sheet"),
        "opts": PointRate._meta,
        "months": known,
        "month": month,
        "lines": lines,
        "total": sum(line.points for line in lines),
    }


def _file(name: str, month: date | None, lines: list[Line]) -> HttpResponse:
    if name not in FILES or month is None:
        raise Http404
    write, kind = FILES[name]
    title = gettext("points-%(month)s") % {"month": month.strftime("%Y-%m")}
    header = content_disposition_header(True, f"{title}.{name}")  # noqa: FBT003
    return HttpResponse(write(lines), kind, headers={"Content-Disposition": header})
