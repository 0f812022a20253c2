"""Pages about one's own long work."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .queries import jobs_of, listed_jobs, shown_job


@require_safe
def job(request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
    """How far it is and what came of it; 404 for everybody but the person who started it."""
    found = get_object_or_404(jobs_of(request.user), uuid=uuid)
    template = "jobs/_job.html" if request.htmx else "jobs/job.html"
    return render(request, template, {"shown": shown_job(found, now=timezone.now())})


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    return render(request, "jobs/jobs.html", {"shown_jobs": listed_jobs(request.user, now=timezone.now())})
