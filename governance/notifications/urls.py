"""The inbox."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("seen/", views.inbox_seen, name="inbox_seen"),
    path("<int:pk>/open/", views.inbox_open, name="inbox_open"),
    path("circulated/<int:pk>/open/", views.circulation_open, name="circulation_open"),
]
