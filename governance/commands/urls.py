"""How the portal runs."""

from django.urls import path

from . import views
from .log import views as log

urlpatterns = [
    path("", views.operations_page, name="operations"),
    path("log/", log.operations_log, name="operations_log"),
    path("log/export/", log.operations_log_export, name="operations_log_export"),
    path("deliveries/send-again/", views.deliveries_send_again, name="deliveries_send_again"),
    path("deliveries/<int:pk>/send-again/", views.delivery_send_again, name="delivery_send_again"),
]
