"""Choosing the language, signed in or not."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from . import actions
from .returning import page_before


@require_POST
@login_not_required
def set_language_choice(request: HttpRequest) -> HttpResponse:
    """Remember the language with the user, and for this browser in a cookie (the sign-in page); back to the page.

    A language we do not have changes nothing.
    """
    response = HttpResponseRedirect(page_before(request))
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        actions.choose_language(request.user, language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SECURE_SITE,
        httponly=True,
        samesite="Lax",
    )
    return response
