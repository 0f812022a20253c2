"""The addresses of regulations and open questions."""

from django.urls import path

from . import views

urlpatterns = [
    path("regulations/", views.regulations, name="regulations"),
    path("regulations/<int:pk>/", views.regulation, name="regulation"),
    path("regulations/<int:pk>/print/", views.regulation_print, name="regulation_print"),
    path("questions/", views.questions, name="questions"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("questions/<int:pk>/answer/", views.question_answer, name="question_answer"),
]
