"""The one address that loading needs: where an open question is answered."""

from django.urls import path
from django.views.generic import View

urlpatterns = [path("questions/<int:pk>/", View.as_view(), name="question")]
