"""What is open on existing groups: one list, many decided in one go; one page for what is settled singly."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from governance.accounts.models import User
from governance.directory.models import Person
from governance.directory.queries.people import find_person
from governance.workflow import raise_wrong_state, refusal

from ..actions import designation, settling, supplementary
from ..forms.open_points import AdminForm, NameForm, OpinionForm, OwnerForm, TickedForm, TypeForm
from ..models import Designation, ExistingGroup, Group
from ..permissions import check_can_designate, check_can_set_amnesty, check_can_take_over_groups, today_of
from ..queries.amnesty import amnesties_of
from ..queries.designation import default_holders
from ..queries.existing_page import existing_page
from ..queries.open_points_page import WITH, open_list
from ..queries.terms import terms_under


def visible(request: HttpRequest) -> Any:
    return ExistingGroup.objects.visible_to(request.user, on=today_of(request.user))


def found_one(request: HttpRequest, pk: int) -> ExistingGroup:
    """One row of a list with what its page shows; 404 for what one may not see."""
    return get_object_or_404(visible(request).select_related(*WITH, "imported__confirmed_by"), pk=pk)


@require_safe
def existing_groups_open(request: HttpRequest) -> HttpResponse:
    """The list, by what is open."""
    return listed(request, request.GET)


def listed(request: HttpRequest, asked: Any, *, complaint: str = "", status: int = 200) -> HttpResponse:
    found = open_list(request.user, asked, on=today_of(request.user))
    phrases = [_("No longer needed: please dissolve it."), _("The type is wrong."), _("Please say what it is for.")]
    ends = amnesties_of(request.user.organisation, on=today_of(request.user)) if sets_amnesty(request.user) else []
    context = {"amnesties": [one for one in ends if one.until], "sets_amnesty": sets_amnesty(request.user)}
    context |= {"list": found, "complaint": complaint, "phrases": phrases}
    return render(request, "groups/existing_groups_open.html", context, status=status)


def sets_amnesty(user: User) -> bool:
    return not refusal(check_can_set_amnesty, user)


def back_to(kind: str) -> str:
    return f"{reverse('existing_groups_open')}?kind={kind}"


def ticked(form: TickedForm) -> list[ExistingGroup]:
    """The groups that were ticked, with what deciding on them reads."""
    pks = [one.pk for one in form.cleaned_data["ticked"]]
    return list(ExistingGroup.objects.filter(pk__in=pks).select_related(*WITH).order_by("row", "pk"))


def complaint_of(errors: ValidationError | forms.Form) -> str:
    if isinstance(errors, forms.Form):
        return " ".join(sentence for found in errors.errors.values() for sentence in found)
    return " ".join(errors.messages)


@require_POST
def existing_groups_approve(request: HttpRequest) -> HttpResponse:
    """Approve all that are ticked; each is a decision of its own."""
    form = TickedForm(request.POST, offered=visible(request))
    if not form.is_valid():
        return listed(request, {"kind": "approve"}, complaint=complaint_of(form), status=422)
    chosen, opinion = ticked(form), form.cleaned_data["opinion"]
    count = supplementary.approve(chosen, by=request.user, now=timezone.now(), opinion=opinion)
    messages.success(request, ngettext("{n} group approved.", "{n} groups approved.", count).format(n=count))
    if count < len(chosen):
        messages.info(request, _("Decided by somebody else meanwhile: {n}.").format(n=len(chosen) - count))
    return redirect(back_to("approve"))


@require_POST
def existing_groups_type(request: HttpRequest) -> HttpResponse:
    """State one type for all that are ticked."""
    check_can_take_over_groups(request.user)
    kind = "refused" if request.POST.get("kind") == "refused" else "type"
    form = TypeForm(request.POST, offered=visible(request), organisation_id=request.user.organisation_id)
    if not form.is_valid():
        return listed(request, {"kind": kind}, complaint=complaint_of(form), status=422)
    try:
        count = settling.state_type(ticked(form), form.cleaned_data["type"], by=request.user, now=timezone.now())
    except ValidationError as errors:
        return listed(request, {"kind": kind}, complaint=complaint_of(errors), status=422)
    said = ngettext("{n} group: type stated.", "{n} groups: type stated.", count)
    messages.success(request, said.format(n=count))
    return redirect(back_to(kind))


@require_POST
def existing_groups_designate(request: HttpRequest) -> HttpResponse:
    """Designate one person, or the holder of the proposed post, for all that are ticked."""
    form = AdminForm(request.POST, offered=visible(request).filter(group__isnull=False))
    if not form.is_valid():
        return listed(request, {"kind": "designate"}, complaint=complaint_of(form), status=422)
    try:
        count = designate_all(request, ticked(form), form.cleaned_data["person"], form.cleaned_data["reason"])
    except ValidationError as errors:
        return listed(request, {"kind": "designate"}, complaint=complaint_of(errors), status=422)
    said = ngettext("{n} group: asked to accept.", "{n} groups: asked to accept.", count)
    messages.success(request, said.format(n=count))
    return redirect(back_to("designate"))


def designate_all(request: HttpRequest, chosen: list[ExistingGroup], words: str, reason: str) -> int:
    """The person named, else the holder of the post that the type proposes. Raises ValidationError naming the group
    for which nobody could be found."""
    on = today_of(request.user)
    for one in chosen:
        check_can_designate(request.user, one.group)
    named = find_person(request.user.organisation, words, on=on) if words.strip() else None
    choices = [(one.group, named or proposed_for(one.group, on=on)) for one in chosen]
    designation.designate_many(choices, by=request.user, now=timezone.now(), reason=reason)
    return len(choices)


def proposed_for(group: Group, *, on: date) -> Person:
    holders = default_holders(group, terms_under(group.version, group.group_type.code), on=on)
    if not holders:
        raise ValidationError(
            _("“%(name)s”: no post is proposed, or nobody holds it. Please name somebody.") % {"name": group.name}
        )
    return holders[0]


@require_POST
def existing_groups_accept(request: HttpRequest) -> HttpResponse:
    """Accept the designation for all that are ticked; declining is done singly, with a reason."""
    form = TickedForm(request.POST, offered=visible(request))
    if not form.is_valid():
        return listed(request, {"kind": "accept"}, complaint=complaint_of(form), status=422)
    groups = [one.group_id for one in form.cleaned_data["ticked"]]
    waiting = Designation.objects.filter(group__in=groups, state=Designation.State.PROPOSED)
    waiting = list(waiting.select_related("group__organisation", "person"))
    if not waiting:
        raise_wrong_state(form.cleaned_data["ticked"][0].group)
    designation.accept_many(waiting, by=request.user, now=timezone.now())
    said = ngettext("You look after {n} group.", "You look after {n} groups.", len(waiting))
    messages.success(request, said.format(n=len(waiting)))
    return redirect(back_to("accept"))


# --- one group --------------------------------------------------------------------------------------------------------
@require_safe
def existing_group(request: HttpRequest, pk: int) -> HttpResponse:
    """One row of a list: what it said, what is open, what happened."""
    return show(request, found_one(request, pk))


def show(request: HttpRequest, found: ExistingGroup, *, status: int = 200, **given: object) -> HttpResponse:
    page = existing_page(found, request.user, now=timezone.now())
    context = {"page": page, "existing": found, "name_form": NameForm(), "owner_form": OwnerForm(), **given}
    return render(request, "groups/existing_group.html", context, status=status)


def settle(
    request: HttpRequest, pk: int, form_class: type[forms.Form], name: str, act: Callable[..., None], told: str
) -> HttpResponse:
    """One step of HR on one group: the page again with what is wrong, else back to the group."""
    found = found_one(request, pk)
    check_can_take_over_groups(request.user)
    form = form_class(request.POST)
    if not form.is_valid():
        return show(request, found, status=422, complaint=complaint_of(form), **{name: form})
    try:
        act(found, form.cleaned_data)
    except ValidationError as errors:
        found.refresh_from_db()
        return show(request, found, status=422, complaint=complaint_of(errors), **{name: form})
    messages.success(request, told)
    return redirect("existing_group", pk=pk)


@require_POST
def existing_group_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The approver does not approve this one, with the reason; HR settles what becomes of it."""
    found, form = found_one(request, pk), OpinionForm(request.POST)
    opinion = form.cleaned_data["opinion"] if form.is_valid() else ""
    try:
        supplementary.refuse(found, by=request.user, now=timezone.now(), opinion=opinion)
    except ValidationError as errors:
        return show(request, found, status=422, complaint=complaint_of(errors))
    messages.success(request, _("Not approved. HR settles what becomes of the group."))
    return redirect(back_to("approve"))


@require_POST
def existing_group_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a group whose name is taken."""

    def act(found: ExistingGroup, data: dict[str, Any]) -> None:
        settling.rename(found, data["name"], by=request.user, now=timezone.now())

    return settle(request, pk, NameForm, "name_form", act, _("The name is entered. Please have it changed in WeChat."))


@require_POST
def existing_group_leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """It is the group that stands in the register already."""

    def act(found: ExistingGroup, _data: dict[str, Any]) -> None:
        settling.leave_out(found, by=request.user, now=timezone.now())

    return settle(request, pk, OpinionForm, "opinion_form", act, _("The row was left out."))


@require_POST
def existing_group_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Who owns the group in WeChat, or that nobody knows."""

    def act(found: ExistingGroup, data: dict[str, Any]) -> None:
        words, on = data["owner"].strip(), today_of(request.user)
        owner = find_person(request.user.organisation, words, on=on) if words else None
        settling.state_owner(found, owner, by=request.user, now=timezone.now())

    return settle(request, pk, OwnerForm, "owner_form", act, _("The group owner is entered."))


@require_POST
def existing_group_ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the same approver once more, with an explanation."""

    def act(found: ExistingGroup, data: dict[str, Any]) -> None:
        settling.ask_again(found, by=request.user, now=timezone.now(), explanation=data["opinion"])

    return settle(request, pk, OpinionForm, "opinion_form", act, _("It waits for the approver again."))


@require_POST
def existing_group_dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Not approved, and dissolved in WeChat."""

    def act(found: ExistingGroup, data: dict[str, Any]) -> None:
        settling.dissolve(found, by=request.user, now=timezone.now(), opinion=data["opinion"])

    return settle(request, pk, OpinionForm, "opinion_form", act, _("Dissolved: the group has left the register."))
