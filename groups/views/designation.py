"""Designating the group admin, and the designated person's answer (Art. 5)."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.workflow import raise_wrong_state

from ..actions import designation as actions
from ..forms.designation import DesignationForm, ReplyForm, SearchForm
from ..models import Designation, Group
from ..permissions import check_can_answer_designation, check_can_designate, today_of
from ..queries.designation import candidates, standing, waits_for_admin, was_there_before
from ..queries.designation_pages import designation_page, new_page, visible_designations
from ..queries.terms import terms_under

WITH_GROUP = (
    "group_type__regulation",
    "version__regulation",
    "company",
    "department",
    "designating_office__company",
    "admin__department",
    "creation_request__submitter__department",
    "creation_request__company",
    "creation_request__group_type",
)


def visible_group(request: HttpRequest, pk: int) -> Group:
    """The group with what its pages show; 404 for what one may not see."""
    visible = Group.objects.visible_to(request.user, on=today_of(request.user))
    return get_object_or_404(visible.select_related(*WITH_GROUP), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def designation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to designate; the search answers at the same address. Designated already, it leads to the designation."""
    group = visible_group(request, pk)
    if request.method == "POST":
        return designate(request, group)
    check_can_designate(request.user, group)
    if already := standing(group):
        return redirect(already)
    if request.htmx:
        return render(request, "groups/_designation_candidates.html", choice(request, group))
    return new(request, group, **choice(request, group))


def choice(request: HttpRequest, group: Group) -> dict[str, object]:
    """The people to choose from, as searched for."""
    search = SearchForm(request.GET)
    words = search.cleaned_data.get("q", "") if search.is_valid() else ""
    chosen = search.cleaned_data.get("person") if search.is_valid() else None
    on = today_of(request.user)
    return {"words": words, "candidates": listed(group, on=on, words=words, chosen=chosen)}


def listed(group: Group, *, on: date, words: str = "", chosen: int | None = None) -> list:
    terms = terms_under(group.version, group.group_type.code)
    return candidates(group, terms, on=on, words=words, chosen=chosen)


def new(request: HttpRequest, group: Group, status: int = 200, **context: object) -> HttpResponse:
    page = new_page(group, request.user, now=timezone.now())
    return render(request, "groups/designation_new.html", {"page": page, "group": group, **context}, status=status)


def designate(request: HttpRequest, group: Group) -> HttpResponse:
    """Name the admin; where that cannot be, the page again with what was chosen and written."""
    check_can_designate(request.user, group)
    on = today_of(request.user)
    if not waits_for_admin(group, on=on):
        raise_wrong_state(group)
    form = DesignationForm(request.POST, group=group, on=on)
    if form.is_valid():
        person, reason = form.cleaned_data["person"], form.cleaned_data["reason"]
        try:
            made = actions.designate(group, person, by=request.user, now=timezone.now(), reason=reason)
        except ValidationError as errors:
            form.add_error(None, errors)
        else:
            messages.success(request, _("Designated: %(name)s, who is asked to accept.") % {"name": person.name})
            return redirect(made)
    chosen = form.cleaned_data.get("person")
    people = listed(group, on=on, words="", chosen=chosen.pk if chosen else None)
    return new(request, group, status=422, form=form, words="", candidates=people)


def visible_designation(request: HttpRequest, pk: int) -> Designation:
    return get_object_or_404(visible_designations(request.user, on=today_of(request.user)), pk=pk)


@require_safe
def designation(request: HttpRequest, pk: int) -> HttpResponse:
    """One designation: what it means to be the admin, who designated whom, the answer."""
    return show(request, visible_designation(request, pk))


def show(request: HttpRequest, found: Designation, form: ReplyForm | None = None, status: int = 200) -> HttpResponse:
    page = designation_page(found, request.user, now=timezone.now())
    phrases = [_("I have changed posts."), _("I look after many groups already."), _("I do not work on this matter.")]
    context = {"page": page, "designation": found, "group": found.group, "form": form, "phrases": phrases}
    return render(request, "groups/designation_detail.html", context, status=status)


@require_POST
def designation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The designated person becomes the admin; the checklist is next."""
    found = visible_designation(request, pk)
    actions.accept(found, by=request.user, now=timezone.now())
    messages.success(request, _("You are now the admin of “%(name)s”.") % {"name": found.group.name})
    if was_there_before(found.group):
        return redirect(f"{reverse('existing_groups_open')}?kind=accept")
    return redirect("establishment", pk=found.group_id)


@require_POST
def designation_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline, with the reason."""
    found = visible_designation(request, pk)
    check_can_answer_designation(request.user, found)
    if found.state != Designation.State.PROPOSED:
        raise_wrong_state(found)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return show(request, found, form, status=422)
    actions.decline(found, by=request.user, now=timezone.now(), reply=form.cleaned_data["reply"])
    messages.success(request, _("Declined. %(office)s chooses again.") % {"office": found.office})
    return redirect("desk")
