"""Pages about long work."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<uuid:uuid>/", views.job, name="job"),
]
