"""What every request and every response passes, whatever view answers."""

from django.http import HttpResponseNotAllowed

POLICIES = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class PolicyHeaders:
    """Adds the isolation headers to every response, static files and errors included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in POLICIES.items():
            response.headers.setdefault(name, value)
        return response


class ReadersOnlyRead:
    """Refuses, before a body is read, any method that changes something outside the admin."""

    reading = ("GET", "HEAD", "OPTIONS")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in self.reading:
            return self.get_response(request)
        if request.method == "POST" and request.path.startswith("/admin/"):
            return self.get_response(request)
        return HttpResponseNotAllowed(self.reading)
