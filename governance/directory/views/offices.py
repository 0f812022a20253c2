"""Offices, who holds them, and the beginning and end of tenures."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.workflow import refusal

from .. import actions
from ..forms import EndTenureForm, TenureForm
from ..models import Office, Tenure
from ..panels import panels_for_office
from ..permissions import check_can_begin_tenure, today_of
from ..queries.offices import (
    HeldOffice,
    history_of_office,
    offices_by_company,
    offices_visible_to,
    running_tenures,
)


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Every office with its holders; vacant ones are marked."""
    groups = offices_by_company(request.user, on=today_of(request.user))
    everything = [held for group in groups for held in group.offices]
    context = {
        "groups": groups,
        "count": len(everything),
        "vacant": sum(held.is_vacant for held in everything),
        "acting": sum(held.is_acting_only for held in everything),
    }
    return render(request, "directory/offices.html", context)


@require_safe
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """One office: who holds it, who held it, what it does."""
    return office_page(request, get_object_or_404(offices_visible_to(request.user), pk=pk))


def office_page(
    request: HttpRequest,
    found: Office,
    *,
    form: TenureForm | None = None,
    ending: tuple[Tenure, EndTenureForm] | None = None,
) -> HttpResponse:
    user, on = request.user, today_of(request.user)
    tenures = history_of_office(found)
    context = {
        "office": found,
        "held": HeldOffice(found, running_tenures([found], on=on).get(found.pk, [])),
        "tenures": [shown_tenure(tenure, request, ending) for tenure in tenures],
        "why_not": refusal(check_can_begin_tenure, user, found),
        "form": form or TenureForm(organisation=user.organisation, on=on),
        "is_open": form is not None,
        "panels": panels_for_office(user, found, on=on),
        "on": on,
    }
    return render(request, "directory/office.html", context, status=422 if form or ending else 200)


def shown_tenure(
    tenure: Tenure, request: HttpRequest, ending: tuple[Tenure, EndTenureForm] | None
) -> dict[str, object]:
    """A tenure with its state in words, and the form that ends it."""
    on = today_of(request.user)
    form = EndTenureForm(initial={"ends_on": on}, prefix=f"end{tenure.pk}")
    is_open = ending is not None and ending[0].pk == tenure.pk
    return {
        "tenure": tenure,
        "is_over": tenure.withdrawn_at is not None or (tenure.ends_on is not None and tenure.ends_on < on),
        "is_coming": tenure.starts_on is not None and tenure.starts_on > on,
        "has_left": tenure.person.left_on is not None and tenure.person.left_on < on,
        "form": ending[1] if is_open else form,
        "is_open": is_open,
    }


@require_POST
def tenure_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody begins to hold the office."""
    found = get_object_or_404(offices_visible_to(request.user), pk=pk)
    check_can_begin_tenure(request.user, found)
    form = TenureForm(request.POST, organisation=request.user.organisation, on=today_of(request.user))
    if not form.is_valid():
        return office_page(request, found, form=form)
    try:
        tenure = actions.begin_tenure(found, **form.cleaned_data, by=request.user, now=timezone.now())
    except ValidationError as refused:
        form.add_error(None, refused)
        return office_page(request, found, form=form)
    sentence = _("%(name)s holds this office from %(day)s.")
    messages.success(request, sentence % {"name": tenure.person.name, "day": tenure.starts_on.isoformat()})
    return redirect("office", found.pk)


@require_POST
def tenure_end(request: HttpRequest, pk: int, tenure_pk: int) -> HttpResponse:
    """A tenure gets its last day."""
    found = get_object_or_404(offices_visible_to(request.user), pk=pk)
    own = Tenure.objects.own().select_related("office", "person").filter(office=found)
    tenure = get_object_or_404(own, pk=tenure_pk)
    check_can_begin_tenure(request.user, found)
    form = EndTenureForm(request.POST, prefix=f"end{tenure.pk}")
    if form.is_valid():
        try:
            actions.end_tenure(tenure, ends_on=form.cleaned_data["ends_on"], by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error("ends_on", refused)
    if form.errors:
        return office_page(request, found, ending=(tenure, form))
    sentence = _("%(name)s holds this office until %(day)s.")
    messages.success(request, sentence % {"name": tenure.person.name, "day": tenure.ends_on.isoformat()})
    return redirect("office", found.pk)
