"""Naming a delegate, on one's own page or by HR for somebody, and ending it early."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.accounts.returning import page_before
from governance.directory.models import Person
from governance.directory.permissions import check_can_end_delegation, check_can_name_delegate, today_of
from governance.directory.queries import person_of
from governance.directory.queries.delegates import delegates_of, delegations
from governance.directory.queries.people import people_visible_to

from ..actions import delegates
from ..forms import DelegateForm


@require_http_methods(["GET", "HEAD", "POST"])
def delegate_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Who decides for the person while he is away."""
    person = get_object_or_404(people_visible_to(request.user).select_related("organisation"), pk=pk)
    check_can_name_delegate(request.user, person)
    on = today_of(request.user)
    form = DelegateForm(request.POST if request.method == "POST" else None, person=person, on=on)
    if request.method == "POST" and form.is_valid() and name(form, person, request):
        sentence = _("%(name)s decides from %(start)s to %(end)s. Both of you were told.")
        messages.success(
            request,
            sentence
            % {
                "name": form.cleaned_data["delegate"].name,
                "start": form.cleaned_data["starts_on"].isoformat(),
                "end": form.cleaned_data["ends_on"].isoformat(),
            },
        )
        return redirect("my_page") if is_me(request, person) else redirect("person", person.pk)
    context = {
        "person": person,
        "is_me": is_me(request, person),
        "form": form,
        "standing": delegates_of(person, on=on),
        "on": on,
    }
    return render(request, "duties/delegate_name.html", context, status=422 if form.errors else 200)


def is_me(request: HttpRequest, person: Person) -> bool:
    return person_of(request.user) == person


def name(form: DelegateForm, person: Person, request: HttpRequest) -> bool:
    """Carry it out; False with the sentences at their fields where it cannot be."""
    said = form.cleaned_data
    try:
        delegates.name_delegate(
            person,
            said["delegate"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            office=said.get("office"),
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refused:
        for field, sentences in refused.message_dict.items():
            form.add_error(field if field in form.fields else None, sentences)
        return False
    return True


@require_POST
def delegate_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The delegate no longer decides, from now on."""
    own = delegations().filter(organisation_id=request.user.organisation_id)
    delegation = get_object_or_404(own, pk=pk)
    check_can_end_delegation(request.user, delegation)
    delegates.end_delegation(delegation, by=request.user, now=timezone.now())
    messages.success(request, _("%(name)s no longer decides for this office.") % {"name": delegation.person.name})
    return redirect(page_before(request, otherwise=reverse("person", args=[delegation.stands_for.person_id])))
