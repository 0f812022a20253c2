"""Handing over what was given to a person: what is still open, and who takes it over."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.directory.models import Person
from governance.directory.queries.people import people_visible_to

from ..actions.succession import hand_over_to_successor
from ..forms import SuccessorForm
from ..permissions import check_can_hand_over, duties_to_hand_over, today_of
from ..queries import BY_DUE


@require_http_methods(["GET", "HEAD", "POST"])
def person_handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything is ticked at first; one step hands it over."""
    person = get_object_or_404(people_visible_to(request.user).select_related("organisation"), pk=pk)
    check_can_hand_over(request.user, person)
    on = today_of(request.user)
    duties = duties_to_hand_over(request.user, person).order_by(*BY_DUE)
    form = SuccessorForm(request.POST if request.method == "POST" else None, person=person, duties=duties, on=on)
    if request.method == "POST" and form.is_valid() and carry_out(form, person, request):
        return redirect("person", person.pk)
    context = {"person": person, "form": form, "count": duties.count()}
    return render(request, "duties/person_handover.html", context, status=422 if form.errors else 200)


def carry_out(form: SuccessorForm, person: Person, request: HttpRequest) -> bool:
    """Hand over; False with the sentences at their fields where it cannot be."""
    said = form.cleaned_data
    chosen = [duty.pk for duty in said["duties"]]
    try:
        taken = hand_over_to_successor(
            person, said["successor"], chosen, reason=said["reason"], by=request.user, now=timezone.now()
        )
    except ValidationError as refused:
        form.add_error("successor" if hasattr(refused, "error_dict") else None, list(refused.messages))
        return False
    sentence = _("%(name)s takes over: %(count)s. One message lists it all.")
    messages.success(request, sentence % {"name": said["successor"].name, "count": len(taken)})
    return True
