"""Passing a staff step on to a colleague."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..actions import passing
from ..forms import PassForm
from ..kinds import kind_of
from ..models import Duty
from ..permissions import check_can_pass, today_of, visible_duties
from ..queries import colleagues_for


@require_http_methods(["GET", "HEAD", "POST"])
def duty_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Who does it instead, and why."""
    on = today_of(request.user)
    visible = visible_duties(request.user, on=on).select_related("office__company", "person")
    duty = get_object_or_404(visible, pk=pk)
    check_can_pass(request.user, duty)
    colleagues = colleagues_for(duty, request.user, on=on)
    form = PassForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid() and pass_on(duty, form, request):
        said = {"name": form.cleaned_data["person"].name, "title": duty.title}
        messages.success(request, _("Passed on to %(name)s: “%(title)s”.") % said)
        return redirect("desk")
    context = {"duty": duty, "label": kind_of(duty.verb).label, "form": form}
    return render(request, "duties/duty_pass.html", context, status=422 if form.errors else 200)


def pass_on(duty: Duty, form: PassForm, request: HttpRequest) -> bool:
    """Carry it out; False with the sentences at their fields where it cannot be."""
    try:
        passing.pass_on(duty, **form.cleaned_data, by=request.user, now=timezone.now())
    except ValidationError as refused:
        form.add_error(None, [sentence for said in refused.message_dict.values() for sentence in said])
        return False
    return True
