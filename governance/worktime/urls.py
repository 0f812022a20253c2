"""Working days and hours."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.calendars, name="calendars"),
    path("new/", views.calendar_new, name="calendar_new"),
    path("companies/<int:pk>/", views.company_calendar, name="company_calendar"),
    path("<int:pk>/", views.calendar, name="calendar"),
    path("<int:pk>/hours/", views.calendar_hours, name="calendar_hours"),
    path("<int:pk>/<int:year>/", views.calendar_year, name="calendar_year"),
]
