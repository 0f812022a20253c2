"""The forms that people print and sign: seen by whoever may see what they are about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.views.creation import visible_request
from groups.views.filing import visible_filing

from .papers import filing_paper, request_paper


@require_safe
def creation_request_print(request: HttpRequest, pk: int) -> HttpResponse:
    """建群申请表: one request on paper, with its expected members; 404 for what one may not see."""
    found = visible_request(request, pk)
    paper = request_paper(found, request.user, now=timezone.now())
    return render(request, "register/request_paper.html", {"paper": paper, "subject": found})


@require_safe
def filing_print(request: HttpRequest, pk: int) -> HttpResponse:
    """备案登记表: one filing on paper, with the declared roster; 404 for what one may not see."""
    found = visible_filing(request, pk)
    paper = filing_paper(found, request.user, now=timezone.now())
    return render(request, "register/filing_paper.html", {"paper": paper, "subject": found})
