from django.http import HttpResponse


def contributor(request, **kwargs):
    return HttpResponse("")
