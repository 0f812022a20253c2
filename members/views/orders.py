"""Roster orders: what the admin has to change in WeChat, ticked off when it is done (Art. 6)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups.models import Group
from groups.permissions import today_of

from ..actions.carrying_out import carry_out
from ..queries.orders import orders_of_group, orders_of_mine


def visible_group(request: HttpRequest, pk: int) -> Group:
    """A group the reader may see; 404 for the rest."""
    groups = Group.objects.visible_to(request.user, on=today_of(request.user))
    return get_object_or_404(groups.select_related("company", "version", "admin", "designating_office__company"), pk=pk)


@require_safe
def roster_orders(request: HttpRequest, pk: int) -> HttpResponse:
    """The open orders of one group, and what was done lately."""
    return show(request, visible_group(request, pk))


def show(request: HttpRequest, group: Group, *, complaint: str = "", status: int = 200) -> HttpResponse:
    page = orders_of_group(group, request.user, now=timezone.now())
    return render(
        request, "members/roster_orders.html", {"page": page, "group": group, "complaint": complaint}, status=status
    )


@require_POST
def roster_orders_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick off what is done in WeChat."""
    group = visible_group(request, pk)
    ticked = [int(order) for order in request.POST.getlist("orders") if order.isdecimal() and len(order) < 19]
    try:
        done = carry_out(group, ticked, by=request.user, now=timezone.now())
    except ValidationError as refused:
        return show(request, group, complaint=refused.messages[0], status=422)
    messages.success(request, _("Noted as done: {count}.").format(count=len(done)))
    if request.POST.get("next") == "mine":
        return redirect("my_roster_orders")
    return redirect("roster_orders", group.pk)


@require_safe
def my_roster_orders(request: HttpRequest) -> HttpResponse:
    """The orders of all groups the reader looks after, on one page."""
    return render(request, "members/my_roster_orders.html", {"pages": orders_of_mine(request.user, now=timezone.now())})
