"""Companies and their trees of departments, with the other names of departments."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.workflow import refusal

from ..actions.companies import add_alias, remove_alias
from ..forms import AliasForm
from ..models import Department
from ..permissions import check_can_keep_directory, today_of
from ..queries.trees import company_trees


@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    """Every company with its departments and how many people stand where."""
    return companies_page(request)


def companies_page(
    request: HttpRequest, *, editing: Department | None = None, form: AliasForm | None = None
) -> HttpResponse:
    trees = company_trees(request.user, on=today_of(request.user))
    context = {
        "trees": trees,
        "departments": sum(len(tree.branches) for tree in trees),
        "people": sum(tree.people for tree in trees),
        "why_not": refusal(check_can_keep_directory, request.user),
        "form": form or AliasForm(),
        "editing": editing.pk if editing else None,
    }
    return render(request, "directory/companies.html", context, status=422 if form else 200)


def own_department(request: HttpRequest, pk: int) -> Department:
    found = Department.objects.filter(organisation_id=request.user.organisation_id)
    return get_object_or_404(found, pk=pk)


@require_POST
def alias_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name by which a department goes."""
    department = own_department(request, pk)
    check_can_keep_directory(request.user)
    form = AliasForm(request.POST)
    if form.is_valid():
        try:
            add_alias(department, form.cleaned_data["name"], by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error("name", refused)
    if form.errors:
        return companies_page(request, editing=department, form=form)
    messages.success(request, _("The department now also goes by this name."))
    return redirect("companies")


@require_POST
def alias_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """One name less."""
    department = own_department(request, pk)
    remove_alias(department, request.POST.get("name", "")[:100], by=request.user, now=timezone.now())
    messages.success(request, _("The other name was removed."))
    return redirect("companies")
