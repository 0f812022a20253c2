"""The desk (工作台): what waits for me, what I dealt with, what I asked for, what I was shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from governance.directory.queries import offices_held

from . import queries
from .badge import Badge
from .context import badge_for, today
from .lede import Lede, lede_of
from .set_up.steps import card_for

TABS = {
    "todo": lambda: pgettext("desk", "To do"),
    "done": lambda: pgettext("desk", "Done"),
    "mine": lambda: pgettext("desk", "Started by me"),
    "copied": lambda: pgettext("desk", "Copied to me"),
}


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """One tab of the desk, fifty rows a page. Looking marks nothing as seen."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "todo"
    return render(request, f"desk/desk_{tab}.html", context_of(request, tab))


def context_of(request: HttpRequest, tab: str) -> dict[str, object]:
    now, on, badge = timezone.now(), today(request), badge_for(request)
    pages: dict[str, Callable[[], queries.Page]] = {
        "todo": lambda: queries.todo_page(request.user, request.GET, on=on, now=now),
        "done": lambda: queries.done_page(request.user, request.GET, now=now),
        "mine": lambda: queries.mine_page(request.user, request.GET, now=now),
        "copied": lambda: queries.copied_page(request.user, request.GET),
    }
    return {
        "page": pages[tab](),
        "finished": queries.just_finished(request.user, now=now) if tab == "todo" else [],
        "tabs": tabs_of(tab, badge),
        "lede": lede(request, badge),
        "set_up": card_for(request.user, on=on) if tab == "todo" else None,
        "start_url": reverse("creation_request_types") if offices_held(request.user, on=on) else "",
    }


def lede(request: HttpRequest, badge: Badge) -> Lede:
    now, on = timezone.now(), today(request)
    return lede_of(badge, queries.reader_of(request.user, on=on, now=now), request.user.organisation_id, on=on)


def tabs_of(chosen: str, badge: Badge) -> list[dict[str, object]]:
    counts = {"todo": badge.waiting}
    return [
        {"label": label(), "url": f"?tab={name}", "active": name == chosen, "count": counts.get(name, 0)}
        for name, label in TABS.items()
    ]
