"""What one does to a duty itself."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/sent/", views.duty_sent, name="duty_sent"),
]
