from django.http import HttpResponse


def latest(request, **kwargs):
    return HttpResponse("")


def issue(request, **kwargs):
    return HttpResponse("")
