"""One's own page: facts, language, devices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..queries import person_of
from ..queries.people import people_visible_to
from .people import person_context


@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """What the portal knows about me, and how it looks to me."""
    person = person_of(request.user)
    context = person_context(request, people_visible_to(request.user).get(pk=person.pk)) if person else {}
    return render(request, "directory/my_page.html", context)
