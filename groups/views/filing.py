"""备案: the filing office acknowledges or asks to complete; the admin completes (Art. 4.5)."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.workflow import raise_wrong_state

from ..actions import filing as actions
from ..forms.filing import RemarkForm, SupplementForm
from ..models import Filing
from ..permissions import check_can_acknowledge, check_can_complete, today_of
from ..queries.filing_page import filing_page, filings_visible_to

State = Filing.State


def visible_filing(request: HttpRequest, pk: int) -> Filing:
    """The filing with what its page shows; 404 for what one may not see."""
    return get_object_or_404(filings_visible_to(request.user, on=today_of(request.user)), pk=pk)


@require_safe
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """What is filed, who has it, what was asked and completed."""
    return show(request, visible_filing(request, pk))


def show(
    request: HttpRequest,
    found: Filing,
    *,
    remark: forms.Form | None = None,
    supplement: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    page = filing_page(found, request.user, now=timezone.now())
    context = {
        "page": page,
        "filing": found,
        "group": found.group,
        "remark": remark,
        "supplement": supplement or SupplementForm(),
        "phrases": [
            _("Please complete the purpose."),
            _("Please add how many customers are in the group."),
            _("Please attach a screenshot of the group."),
        ],
    }
    return render(request, "groups/filing_detail.html", context, status=status)


@require_POST
def filing_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Take note: the filing gets its number."""
    found = visible_filing(request, pk)
    actions.acknowledge(found, by=request.user, now=timezone.now())
    messages.success(request, _("Acknowledged as %(number)s.") % {"number": found.number})
    return redirect(found)


@require_POST
def filing_ask_completion(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the admin to complete it, saying what is missing."""
    found = visible_filing(request, pk)
    check_can_acknowledge(request.user, found)
    if found.state != State.FILED:
        raise_wrong_state(found)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return show(request, found, remark=form, status=422)
    actions.ask_completion(found, by=request.user, now=timezone.now(), remark=form.cleaned_data["remark"])
    messages.success(request, _("The admin is asked to complete the filing."))
    return redirect(found)


@require_POST
def filing_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Supply what was missing, in words and files."""
    found = visible_filing(request, pk)
    check_can_complete(request.user, found)
    if found.state != State.RETURNED:
        raise_wrong_state(found)
    form = SupplementForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, found, supplement=form, status=422)
    actions.complete(
        found,
        by=request.user,
        now=timezone.now(),
        supplement=form.cleaned_data["supplement"],
        attachments=form.cleaned_data["attachments"],
    )
    messages.success(request, _("Completed. %(office)s has it again.") % {"office": found.office})
    return redirect(found)
