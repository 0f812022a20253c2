"""The addresses of `members`."""

from django.urls import path

from .views import orders

urlpatterns = [
    path("orders/", orders.my_roster_orders, name="my_roster_orders"),
    path("groups/<int:pk>/orders/", orders.roster_orders, name="roster_orders"),
    path("groups/<int:pk>/orders/done/", orders.roster_orders_done, name="roster_orders_done"),
]
