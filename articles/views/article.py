from django.http import HttpResponse


def article(request, **kwargs):
    return HttpResponse("")
