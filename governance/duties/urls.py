"""What one does to a duty itself."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/sent/", views.duty_sent, name="duty_sent"),
    path("nudges/<int:pk>/", views.nudge, name="nudge"),
    path("nudges/<int:pk>/passed-on/", views.nudge_passed_on, name="nudge_passed_on"),
]
