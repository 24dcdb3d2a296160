from django.http import HttpResponse


def latest_month(request, **kwargs):
    return HttpResponse("")


def year(request, **kwargs):
    return HttpResponse("")


def month(request, **kwargs):
    return HttpResponse("")
