"""People: the list, and one person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from governance.workflow import refusal

from ..importing.headings import label_of
from ..models import EmploymentKind, Person
from ..panels import panels_for_person
from ..permissions import check_can_keep_directory, may_see_contacts, may_see_files, today_of
from ..queries import person_of
from ..queries.people import (
    COMING,
    LEFT,
    PRESENT,
    companies_of,
    people_page,
    people_visible_to,
    recent_changes,
    tenures_of,
    wanted_from,
)

PRESENCES = ((PRESENT, _("present")), (COMING, _("joining later")), (LEFT, _("left")))


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody present, fifty a page, by name, 拼音, initials, staff number, company."""
    user, on = request.user, today_of(request.user)
    sees_files = may_see_files(user)
    companies = companies_of(user.organisation_id)
    wanted = wanted_from(request.GET, companies, sees_files=sees_files)
    context = {
        "wanted": wanted,
        "found": people_page(user.organisation_id, wanted, request.GET, on=on),
        "companies": companies,
        "kinds": EmploymentKind.choices,
        "presences": PRESENCES,
        "sees_files": sees_files,
        "why_not_import": refusal(check_can_keep_directory, user),
        "on": on,
    }
    return render(request, "directory/people.html", context)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: facts, offices held, and what upper apps add; an entry merged into another leads there."""
    found = get_object_or_404(people_visible_to(request.user), pk=pk)
    if found.merged_into_id is not None:
        return redirect("person", found.merged_into_id)
    return render(request, "directory/person.html", person_context(request, found))


def person_context(request: HttpRequest, found: Person) -> dict[str, object]:
    user, on = request.user, today_of(request.user)
    is_me = person_of(user) == found
    sees_contacts = is_me or may_see_contacts(user)
    return {
        "person": found,
        "is_me": is_me,
        "is_present": found.is_present(on=on),
        "has_left": found.left_on is not None and found.left_on < on,
        "sees_contacts": sees_contacts,
        "sees_files": is_me or may_see_files(user),
        "tenures": tenures_of(found),
        "changes": shown_changes(found) if sees_contacts else [],
        "panels": panels_for_person(user, found, on=on),
        "may_merge": not is_me and not refusal(check_can_keep_directory, user),
        "on": on,
    }


CHANGES = {
    "joined": _("Joined"),
    "moved": _("Moved"),
    "renamed": _("Renamed"),
    "left": _("Leaves"),
    "returned": _("Returned"),
    "office": _("Office"),
    "team": _("Team"),
    "contact": _("Contact details"),
    "merged": _("Merged"),
}


def shown_changes(found: Person) -> list[dict[str, object]]:
    """The change feed in words: what kind, from when, which facts."""
    return [
        {
            "label": CHANGES[change.kind],
            "on": change.effective_on,
            "fields": [label_of(field) for field in change.after] if change.before else [],
        }
        for change in recent_changes(found)
    ]
