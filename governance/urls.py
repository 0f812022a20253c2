"""Every address of the portal. Each also stands in the access table (tests/access/)."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
