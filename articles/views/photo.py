from django.http import HttpResponse


def photo(request, **kwargs):
    return HttpResponse("")
