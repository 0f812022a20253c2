"""What one does to a duty itself, nudges, and who stands in for whom."""

from django.urls import path

from .views import delegates, passing, sending, succession

urlpatterns = [
    path("<int:pk>/sent/", sending.duty_sent, name="duty_sent"),
    path("<int:pk>/pass/", passing.duty_pass, name="duty_pass"),
    path("nudges/<int:pk>/", sending.nudge, name="nudge"),
    path("nudges/<int:pk>/passed-on/", sending.nudge_passed_on, name="nudge_passed_on"),
    path("of/<int:pk>/handover/", succession.person_handover, name="person_handover"),
    path("delegates/of/<int:pk>/", delegates.delegate_name, name="delegate_name"),
    path("delegates/<int:pk>/end/", delegates.delegate_end, name="delegate_end"),
]
