from django.http import HttpResponse


def columns(request, **kwargs):
    return HttpResponse("")


def column(request, **kwargs):
    return HttpResponse("")
