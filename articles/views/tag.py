from django.http import HttpResponse


def tag(request, **kwargs):
    return HttpResponse("")
