"""建群确认: the checklist and the first roster, on one page (Art. 5, 6)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.workflow import raise_wrong_state
from groups.forms.establishment import EstablishmentForm
from groups.models import Group
from groups.permissions import check_can_establish, today_of
from groups.queries.establishment_page import establishment_page, first_roster
from groups.views.designation import visible_group

from .actions import confirm_establishment


@require_http_methods(["GET", "HEAD", "POST"])
def establishment(request: HttpRequest, pk: int) -> HttpResponse:
    """The admin goes through the checklist; established already, it leads to the group."""
    group = visible_group(request, pk)
    if request.method != "POST" and group.state != Group.State.APPROVED:
        return redirect(group)
    check_can_establish(request.user, group)
    if group.state != Group.State.APPROVED:
        raise_wrong_state(group)
    form = form_for(request, group)
    if request.method == "POST" and form.is_valid() and confirmed(request, group, form):
        return redirect(group)
    return show(request, group, form)


def form_for(request: HttpRequest, group: Group) -> EstablishmentForm:
    on = today_of(request.user)
    roster = first_roster(group, on=on)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return EstablishmentForm(
        *sent,
        initial={"name_as_created": group.name, "created_on": on},
        group=group,
        expected=roster.expected,
        platform=roster.platform,
        external=roster.external,
        on=on,
    )


def confirmed(request: HttpRequest, group: Group, form: EstablishmentForm) -> bool:
    """Carry it out; what the action complains about stands at its field."""
    said = form.cleaned_data
    try:
        confirm_establishment(
            group,
            form.checklist(),
            form.members(),
            by=request.user,
            now=timezone.now(),
            external_count=said.get("external_count") or 0,
            screenshot=said.get("screenshot"),
        )
    except ValidationError as errors:
        form.add_error(None, errors)
        return False
    messages.success(request, established_words(group))
    return True


def established_words(group: Group) -> str:
    """What the confirmation has led to."""
    filing = group.filings.select_related("office__company").first()
    if filing is None:
        return _("“%(name)s” is in use.") % {"name": group.name}
    return _("“%(name)s” is in use and filed with %(office)s.") % {"name": group.name, "office": filing.office}


def show(request: HttpRequest, group: Group, form: EstablishmentForm) -> HttpResponse:
    """The page; 422 when it comes back with what is wrong."""
    language = get_language() or "zh-hans"
    context = {
        "page": establishment_page(group, request.user, now=timezone.now(), language=language),
        "group": group,
        "form": form,
        "lines": form.lines(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "register/establishment.html", context, status=status)
