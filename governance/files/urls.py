"""Where files are opened."""

from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:uuid>/", views.file, name="file"),
]
