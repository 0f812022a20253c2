"""The register and the page of a group."""

from django.urls import path

from . import establishment, views

urlpatterns = [
    path("", views.register, name="register"),
    path("export/", views.register_export, name="register_export"),
    path("<int:pk>/establish/", establishment.establishment, name="establishment"),
]
