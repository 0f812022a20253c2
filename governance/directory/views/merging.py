"""Two entries of one person: the likely ones, looking at two of them, merging them, or saying that they are two."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.workflow import raise_wrong_state

from ..actions import merging
from ..forms import TwoNumbersForm
from ..models import Person
from ..permissions import check_can_keep_directory, check_can_merge
from ..queries.duplicates import likely_duplicates, preview_of_merge
from ..queries.people import people_visible_to


def duplicates(request: HttpRequest) -> HttpResponse:
    """Likely duplicates with why; POST leads to the comparison of any two, by their staff numbers."""
    check_can_keep_directory(request.user)
    organisation_id = request.user.organisation_id
    sent = request.POST if request.method == "POST" else None
    form = TwoNumbersForm(sent, organisation_id=organisation_id, initial=begun_with(request))
    if request.method == "POST" and form.is_valid():
        return redirect("person_merge", form.cleaned_data["kept"].pk, form.cleaned_data["merged"].pk)
    pairs, more = likely_duplicates(organisation_id)
    context = {"form": form, "pairs": pairs, "more": more}
    return render(request, "directory/duplicates.html", context, status=422 if form.errors else 200)


def begun_with(request: HttpRequest) -> dict[str, str]:
    """The staff number of the person from whose page one comes; no number stands in an address."""
    asked = request.GET.get("person", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return {}
    found = people_visible_to(request.user).unmerged().filter(pk=asked).first()
    return {"kept": found.number} if found else {}


def pair(request: HttpRequest, pk: int, other: int) -> tuple[Person, Person]:
    """The two entries, of the reader's organisation; late clicks meet 409 with who merged them."""
    check_can_keep_directory(request.user)
    people = people_visible_to(request.user).select_related("user")
    kept, merged = get_object_or_404(people, pk=pk), get_object_or_404(people, pk=other)
    for person in (merged, kept):
        if person.merged_into_id is not None:
            raise_wrong_state(person)
    return kept, merged


def person_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What merging would do; POST does it."""
    kept, merged = pair(request, pk, other)
    check_can_merge(request.user, kept, merged)
    if request.method != "POST":
        return shown(request, kept, merged)
    choices = {name: request.POST.get(f"choice-{name}", merging.KEPT) for name in merging.CHOICES}
    try:
        typed = request.POST.get("typed", "")
        merging.merge(kept, merged, choices=choices, typed=typed, by=request.user, now=timezone.now())
    except ValidationError as refused:
        return shown(request, kept, merged, choices=choices, complaints=refused.messages)
    messages.success(request, _("The two entries are one now. Links to the other lead here."))
    return redirect("person", kept.pk)


def shown(
    request: HttpRequest, kept: Person, merged: Person, *, choices: dict | None = None, complaints: list | None = None
) -> HttpResponse:
    preview = preview_of_merge(kept, merged)
    chosen = {one.name: one.chosen for one in preview.differences} | (choices or {})
    context = {
        "kept": kept,
        "merged": merged,
        "preview": preview,
        "lines": [(one, chosen[one.name]) for one in preview.differences],
        "complaints": complaints or [],
        "typed": request.POST.get("typed", ""),
    }
    return render(request, "directory/person_merge.html", context, status=422 if complaints else 200)


@require_POST
def two_people(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """These are two people: remembered, and not proposed again."""
    one, another = pair(request, pk, other)
    merging.say_two_people(one, another, by=request.user, now=timezone.now())
    messages.success(request, _("Noted: these are two people. They are not proposed again."))
    return redirect("duplicates")
