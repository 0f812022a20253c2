"""The addresses that loading needs: where an open question is answered, where a version is read."""

from django.urls import path
from django.views.generic import View

urlpatterns = [
    path("questions/<int:pk>/", View.as_view(), name="question"),
    path("regulations/<int:pk>/", View.as_view(), name="regulation"),
]
