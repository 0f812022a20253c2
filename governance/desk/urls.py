"""The desk."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("set-up/", include("governance.desk.set_up.urls")),
]
