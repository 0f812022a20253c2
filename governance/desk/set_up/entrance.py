"""The part of the set-up before anybody can sign in: the token, the organisation, the first HR person."""

import secrets
from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.accounts.adapter import enter as enter_session
from governance.accounts.models import SignIn, User

from ..models import SetUp
from . import actions, tokens
from .forms import FirstPersonForm, OrganisationForm, TokenForm

TOKEN, CLAIM = "set_up_token", "set_up_claim"  # in the session


def claim_of(request: HttpRequest) -> str:
    return request.session.get(CLAIM, "")


@require_safe
@login_not_required
@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The printed address: the token goes into the session and out of the address. It is not used up by looking."""
    if not request.user.is_authenticated and tokens.is_open():
        request.session[TOKEN] = token[:100]
        request.session.setdefault(CLAIM, secrets.token_urlsafe(24))
    response = redirect("set_up")
    response["Referrer-Policy"] = "no-referrer"
    return response


def welcome(request: HttpRequest, *, refused: object = "", status: int = 200) -> HttpResponse:
    """Where the set-up begins: with the token of the printed address, or with one typed."""
    context = {"form": TokenForm(), "has_token": bool(request.session.get(TOKEN)), "refused": refused}
    return render(request, "desk/set_up_begin.html", context, status=status)


@require_POST
@login_not_required
def begin(request: HttpRequest) -> HttpResponse:
    """Use the token: from now on this browser carries on with the set-up, and no other. Rate-limited like sign-in."""
    if request.user.is_authenticated or not tokens.is_open():
        return redirect("set_up")
    if not ratelimit.consume(request, action="set_up"):
        return ratelimit.respond_429(request)
    form = TokenForm(request.POST)
    typed = form.cleaned_data["token"].strip() if form.is_valid() else ""
    token = typed or request.session.get(TOKEN, "")
    claim = request.session.setdefault(CLAIM, secrets.token_urlsafe(24))
    try:
        tokens.use(token.rstrip("/").rpartition("/")[2], claim=claim, now=timezone.now())
    except tokens.TokenRefused as refused:
        request.session.pop(TOKEN, None)
        return welcome(request, refused=refused.sentence, status=422)
    return redirect("set_up_organisation")


def for_whoever_began(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Only for the browser that used the token; others come to where they can go on."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("set_up")
        if request.method == "GET" and not (tokens.is_open() and tokens.is_claimed_by(claim_of(request))):
            return redirect("set_up")
        try:
            return view(request)
        except actions.SomebodyWasQuicker as quicker:
            return told(request, quicker)

    return guarded


def told(request: HttpRequest, quicker: actions.SomebodyWasQuicker) -> HttpResponse:
    """Who comes too late is told what stands now; nothing was written."""
    context = {"sentence": quicker.sentence, "is_open": tokens.is_open()}
    return render(request, "desk/set_up_told.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@for_whoever_began
def organisation(request: HttpRequest) -> HttpResponse:
    """Name and language; may be corrected until the first HR person is there."""
    standing = actions.Names.of(SetUp.objects.get(pk=tokens.THE_ONE).organisation) if request.method != "POST" else None
    initial = {"language": request.LANGUAGE_CODE}
    if standing:
        initial = {**vars(standing), "seen": standing.name}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.enter_organisation(
            form.names(), seen=form.cleaned_data["seen"], claim=claim_of(request), now=timezone.now()
        )
        return redirect("set_up_person")
    return render(request, "desk/set_up_organisation.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@for_whoever_began
def person(request: HttpRequest) -> HttpResponse:
    """The first HR person, who is signed in at once and leads through the rest."""
    form = FirstPersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.enter_first_person(form.first_person(), claim=claim_of(request), now=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return signed_in(request, user)
    elif request.method != "POST" and not SetUp.objects.filter(organisation__isnull=False).exists():
        return redirect("set_up_organisation")
    return render(request, "desk/set_up_person.html", {"form": form}, status=422 if form.errors else 200)


def signed_in(request: HttpRequest, user: User) -> HttpResponseRedirect:
    """The session of the set-up ends, the person's begins."""
    enter_session(request, user, means=SignIn.Means.SET_UP)
    return redirect("set_up_companies")
