"""The inbox. A GET marks nothing as seen: every row is a small form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.directory.queries import person_of

from . import actions
from .models import Circulation, Notice
from .queries import inbox_of, unseen_count


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What one was told, newest first, fifty a page."""
    person = person_of(request.user)
    context = {"inbox": inbox_of(person, request.GET), "unseen": unseen_count(person)}
    return render(request, "notifications/inbox.html", context)


@require_POST
def inbox_seen(request: HttpRequest) -> HttpResponse:
    """Everything up to the newest shown one is seen."""
    person, newest = person_of(request.user), request.POST.get("newest", "")
    if person is not None and newest.isdecimal() and len(newest) < 19:
        actions.see_all(person, up_to=int(newest), now=timezone.now())
        messages.success(request, _("All messages are marked as read."))
    return redirect("inbox")


@require_POST
def inbox_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as seen and go where it points; 404 for another's."""
    notice = get_object_or_404(Notice, pk=pk, person=own(request))
    actions.open_notice(notice, now=timezone.now())
    return to(notice.path)


@require_POST
def circulation_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark what was circulated to one as seen and go there; 404 for another's."""
    circulation = get_object_or_404(Circulation, pk=pk, person=own(request))
    actions.open_circulation(circulation, now=timezone.now())
    return to(circulation.path)


def own(request: HttpRequest) -> int:
    """The reader's own key; 0, which nobody has, for a login without a person."""
    person = person_of(request.user)
    return person.pk if person is not None else 0


def to(path: str) -> HttpResponse:
    """Inside the portal only."""
    return redirect(path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else reverse("inbox"))
