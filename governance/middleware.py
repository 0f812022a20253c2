"""What stands around every page: health answers, the reader's language, refusals said in a sentence."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation

from governance.readiness import readiness
from governance.workflow import NotAllowed, WrongState

Next = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """`/healthz` and `/readyz` answer before sessions, hosts and sign-in: a probe knows none of them."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            found = readiness(now=timezone.now())
            return JsonResponse(found, status=200 if found["ready"] else 503)
        return self.get_response(request)


def language_of(request: HttpRequest) -> str:
    """The user's own language, else the one chosen in the header, else Chinese."""
    chosen = (
        request.user.language
        if request.user.is_authenticated
        else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    )
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Activates the reader's language for the request, and always deactivates it after."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class RefusalMiddleware:
    """Says a refusal in a sentence: 403 with the reason, 405 with what to do, 409 with who decided and when."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            said = render(request, "405.html", status=405)
            said.headers["Allow"] = response.headers["Allow"]
            return said
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, WrongState):
            return render(
                request,
                "409.html",
                {"event": exception.event, "subject": exception.subject, "now": timezone.now()},
                status=409,
            )
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"reason": exception.reason}, status=403)
        return None
