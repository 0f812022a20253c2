"""Choosing the language. Signing in and devices are allauth's."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.set_language_choice, name="set_language_choice"),
]
