from django.http import HttpResponse


def whole_issue(request, **kwargs):
    return HttpResponse("")
