"""How the portal runs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from governance.notifications.actions import send_again, send_all_again
from governance.notifications.permissions import check_can_send_again
from governance.workflow import refusal

from .operations import deliveries_of, operations
from .permissions import check_can_see_operations


@require_safe
def operations_page(request: HttpRequest) -> HttpResponse:
    """Each part, what is wrong with it and what to do; the messages that failed, page by page."""
    check_can_see_operations(request.user)
    now = timezone.now()
    context = {"shown": operations(request.user, request.GET, now=now), "now": now}
    context["may_send_again"] = not refusal(check_can_send_again, request.user)
    return render(request, "commands/operations.html", context)


@require_POST
def delivery_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    check_can_see_operations(request.user)
    delivery = get_object_or_404(deliveries_of(request.user).select_related("notice"), pk=pk)
    send_again(delivery, by=request.user, now=timezone.now())
    return told(request, 1)


@require_POST
def deliveries_send_again(request: HttpRequest) -> HttpResponse:
    """All that failed, a thousand at a time; when a colleague was quicker there is nothing left and it says so."""
    check_can_see_operations(request.user)
    return told(request, send_all_again(by=request.user, now=timezone.now()))


def told(request: HttpRequest, count: int) -> HttpResponse:
    said = ngettext("%(count)s message is on its way again.", "%(count)s messages are on their way again.", count)
    messages.success(request, said % {"count": count})
    return redirect("operations")
