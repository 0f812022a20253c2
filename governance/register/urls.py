"""The register and the page of a group."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.register, name="register"),
    path("export/", views.register_export, name="register_export"),
]
