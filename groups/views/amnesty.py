"""补登期限: the page on which HR or the President's Office sets the last day of each company."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.directory.models import Company
from governance.workflow import refusal

from ..actions import amnesty as actions
from ..forms.amnesty import AmnestyForm
from ..permissions import check_can_set_amnesty, check_can_take_over_groups, today_of
from ..queries.amnesty import amnesties_of


def amnesties(request: HttpRequest) -> HttpResponse:
    """Every company with the days left; POST sets the last days."""
    check_can_set_amnesty(request.user)
    found = amnesties_of(request.user.organisation, on=today_of(request.user))
    form = AmnestyForm(request.POST if request.method == "POST" else None, amnesties=found)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for one in found:
                until = form.cleaned_data[f"until-{one.company.pk}"]
                actions.set_until(one.company, until, by=request.user, now=timezone.now())
        messages.success(request, _("The last days are set."))
        return redirect("amnesties")
    enters = not refusal(check_can_take_over_groups, request.user)
    context = {"form": form, "amnesties": found, "enters": enters}
    return render(request, "groups/amnesties.html", context, status=422 if form.errors else 200)


@require_POST
def amnesty_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """All groups of the company are entered."""
    check_can_take_over_groups(request.user)
    company = get_object_or_404(Company, organisation=request.user.organisation, pk=pk)
    actions.declare_complete(company, by=request.user, now=timezone.now())
    messages.success(request, _("Noted: all groups of %(company)s are entered.") % {"company": company})
    return redirect("amnesties")
