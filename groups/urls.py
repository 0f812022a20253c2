"""The addresses of `groups`: creation requests, then what follows an approval."""

from django.urls import path

from .views import creation, creation_decisions, creation_form

urlpatterns = [
    path("requests/", creation.creation_requests, name="creation_requests"),
    path("requests/new/", creation_form.creation_request_types, name="creation_request_types"),
    path("requests/new/<slug:type>/", creation_form.creation_request_new, name="creation_request_new"),
    path("requests/<int:pk>/", creation.creation_request, name="creation_request"),
    path("requests/<int:pk>/edit/", creation_form.creation_request_edit, name="creation_request_edit"),
    path("requests/<int:pk>/submit/", creation_decisions.creation_request_submit, name="creation_request_submit"),
    path("requests/<int:pk>/approve/", creation_decisions.creation_request_approve, name="creation_request_approve"),
    path(
        "requests/<int:pk>/send-back/",
        creation_decisions.creation_request_send_back,
        name="creation_request_send_back",
    ),
    path("requests/<int:pk>/refuse/", creation_decisions.creation_request_refuse, name="creation_request_refuse"),
    path("requests/<int:pk>/withdraw/", creation_decisions.creation_request_withdraw, name="creation_request_withdraw"),
    path(
        "requests/<int:pk>/circulate/",
        creation_decisions.creation_request_circulate,
        name="creation_request_circulate",
    ),
]
