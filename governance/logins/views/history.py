"""Where one signed in, and signing somebody out whose phone is lost."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from governance.directory.queries.people import people_visible_to
from governance.paging import page_of

from ..actions import sessions


@require_safe
@never_cache
def my_sign_ins(request: HttpRequest) -> HttpResponse:
    """One's own last half year: when, by what, from where, and the tries that failed."""
    page = page_of(request.user.sign_ins.all(), ("-at", "-pk"), request.GET)
    return render(request, "logins/my_sign_ins.html", {"page": page})


@require_POST
def person_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Every device of this person is signed out."""
    person = get_object_or_404(people_visible_to(request.user).select_related("user"), pk=pk)
    count = sessions.sign_out(person, by=request.user, now=timezone.now())
    messages.success(request, _("Devices of {name} signed out: {count}.").format(name=person.name, count=count))
    return redirect("person", person.pk)
