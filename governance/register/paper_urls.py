"""The addresses of the printed forms, each beside the page it is printed from."""

from django.urls import path

from . import paper_views

urlpatterns = [
    path("requests/<int:pk>/print/", paper_views.creation_request_print, name="creation_request_print"),
    path("filings/<int:pk>/print/", paper_views.filing_print, name="filing_print"),
]
