"""How the portal runs."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.operations_page, name="operations"),
    path("deliveries/send-again/", views.deliveries_send_again, name="deliveries_send_again"),
    path("deliveries/<int:pk>/send-again/", views.delivery_send_again, name="delivery_send_again"),
]
