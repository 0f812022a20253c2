"""Invitations: HR makes a link for a person; whoever has the link sets a password and is signed in."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.accounts.adapter import enter
from governance.accounts.models import SignIn, User
from governance.directory.models import Invitation, Person
from governance.directory.permissions import check_can_accept, check_can_keep_directory
from governance.directory.queries.invitations import can_be_shown, invitation_by, signing_in
from governance.directory.queries.people import people_visible_to
from governance.workflow import NotAllowed, WrongState

from ..actions import inviting, joining, resetting
from ..ready_text import invitation_text
from ..slips import slip_of


@require_POST
def person_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """A link for the first password."""
    person = get_object_or_404(people_visible_to(request.user), pk=pk)
    inviting.invite(person, by=request.user, now=timezone.now())
    return redirect("person_invitation", person.pk)


@require_POST
def person_reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A link for another password, or the question to a second person whether there may be one."""
    person = get_object_or_404(people_visible_to(request.user), pk=pk)
    made = resetting.reset_password(person, by=request.user, now=timezone.now())
    if made.state == Invitation.State.AWAITING:
        return redirect("reset", made.pk)
    return redirect("person_invitation", person.pk)


def own_link(request: HttpRequest, pk: int) -> tuple[Person, Invitation]:
    """The open link of a person: for whoever issued it and for nobody else."""
    check_can_keep_directory(request.user)
    person = get_object_or_404(people_visible_to(request.user), pk=pk)
    found = signing_in(person).invitation
    if found is None or found.state != Invitation.State.OPEN:
        raise Http404
    if found.issued_by_id != request.user.pk:
        raise NotAllowed(_("Only whoever made a link sees it. Make a new one; the older then stops working."))
    if not can_be_shown(found):
        raise NotAllowed(_("The portal's secret key was changed, so this link cannot be shown again. Make a new one."))
    return person, found


@require_safe
@never_cache
def person_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The open link of a person, with the words to copy."""
    person, found = own_link(request, pk)
    context = {"person": person, "invitation": found, "text": invitation_text(found), "slip": slip_of(found)}
    return render(request, "logins/person_invitation.html", context)


@require_safe
@never_cache
def person_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The open link of a person as a slip of paper."""
    person, found = own_link(request, pk)
    return render(request, "logins/person_slip.html", {"person": person, "slip": slip_of(found)})


@never_cache
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Opening shows the form and changes nothing (chat apps open links); POST sets the password and signs in."""
    found, now = invitation_by(token), timezone.now()
    # Counted are only links that there are not: a whole company behind one address opens as many real ones as it likes.
    if found is None and not ratelimit.consume(
        request, app="allauth.account", action="unknown_link", limit_get=True
    ):
        return ratelimit.respond_429(request)
    late = 409 if request.method == "POST" else 410
    try:
        check_can_accept(found, now=now)
    except NotAllowed as refused:
        return dead_link(request, str(refused.reason), status=late if found else 404)
    user = found.person.user or User(username=found.username, email=found.person.email, name=found.person.name)
    form = SetPasswordForm(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "invitation": found, "person": found.person}
        return render(request, "logins/invitation_accept.html", context, status=422 if form.errors else 200)
    try:
        user = joining.accept(found, password=form.cleaned_data["new_password1"], now=now)
    except (NotAllowed, WrongState):
        used = _("This link was used already. Sign in with the password that was set then.")
        return dead_link(request, used, status=409)
    sign_in(request, user)
    return redirect("desk")


def dead_link(request: HttpRequest, reason: str, *, status: int) -> HttpResponse:
    return render(request, "logins/invitation_dead.html", {"reason": reason}, status=status)


def sign_in(request: HttpRequest, user: User) -> None:
    """A new session for the person, shown among the signed-in devices."""
    enter(request, user, means=SignIn.Means.LINK)
    sentence = _("Your password is set. From now on you sign in as %(username)s with this password.")
    messages.success(request, sentence % {"username": user.username})
