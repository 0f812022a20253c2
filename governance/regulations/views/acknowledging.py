"""阅知确认: one tap below the regulation, and the list of who has not."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..actions import acknowledging
from ..models import RegulationVersion
from ..permissions import check_can_see_acknowledgements, today_of
from ..queries import regulations_of, version_in_force
from ..queries.acknowledgements import acknowledgements_page


def version_of(request: HttpRequest, pk: int) -> RegulationVersion:
    """The version in force of a regulation of the reader's organisation."""
    regulation = get_object_or_404(regulations_of(request.user.organisation_id), pk=pk)
    version = version_in_force(regulation, on=today_of(request.user))
    if version is None:
        raise Http404
    return version


@require_POST
def regulation_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader confirms that he has read the version in force."""
    version = version_of(request, pk)
    acknowledging.acknowledge(version, by=request.user, now=timezone.now())
    messages.success(request, _("Thank you. It is noted that you have read it."))
    return redirect(version)


@require_safe
def regulation_acknowledgements(request: HttpRequest, pk: int) -> HttpResponse:
    """How many have confirmed, company by company; ?company= names those who have not."""
    version = version_of(request, pk)
    check_can_see_acknowledgements(request.user)
    page = acknowledgements_page(version, request.user, request.GET.get("company", ""), on=today_of(request.user))
    return render(request, "regulations/regulation_acknowledgements.html", {"page": page})
