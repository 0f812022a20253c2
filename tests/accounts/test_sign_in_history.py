"""What is noted of signing in, who sees it, and for how long."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import SignIn
from governance.accounts.rules import coarse_place
from governance.accounts.tasks import purge
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone) MicroMessenger/8.0"


def sign_in(login, password=PASSWORD, **headers):
    client = Client(headers=headers)
    client.post("/accounts/login/", {"login": login, "password": password})
    return client


def noted(user):
    return list(user.sign_ins.values_list("succeeded", "means", "place", "agent"))


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.77", ""),  # a range for documentation: nobody comes from there
        ("8.8.4.4", "8.8.*.*"),
        ("192.168.1.20", ""),
        ("127.0.0.1", ""),
        ("2400:cb00:2048:1::6810", "2400:cb00::/32"),
        ("::ffff:8.8.4.4", "8.8.*.*"),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_place_is_the_network_and_not_the_address(address, place):
    assert coarse_place(address) == place


def test_signing_in_is_noted_with_device_and_coarse_place(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user = factories.make_user(username="chensy")
    sign_in("chensy", **{"User-Agent": PHONE, "X-Forwarded-For": "8.8.4.4"})
    assert noted(user) == [(True, "password", "8.8.*.*", PHONE)]


def test_failed_try_is_told_to_whom_the_name_or_address_belongs():
    user = factories.make_user(username="chensy", email="office@example.com")
    other = factories.make_user(username="zhoumin", email="office@example.com")
    sign_in("ChenSY", "wrong")
    sign_in("office@example.com", "wrong")
    assert [len(noted(user)), len(noted(other))] == [2, 1]
    assert not SignIn.objects.filter(succeeded=True).exists()


def test_unknown_name_is_kept_nowhere():
    sign_in("my-password-typed-in-the-wrong-field", "wrong")
    assert not SignIn.objects.exists()


def test_history_shows_ones_own_alone_with_the_failed_tries():
    user = factories.make_user(username="chensy")
    factories.make_user(username="zhoumin")
    sign_in("zhoumin", **{"User-Agent": PHONE})
    sign_in("chensy", "wrong", **{"User-Agent": PHONE})
    client = sign_in("chensy")
    page = client.get(reverse("my_sign_ins"))
    assert [(one.user, one.succeeded) for one in page.context["page"].rows] == [(user, True), (user, False)]
    assert page.content.decode().count("密码错误") == 1
    assert "微信 · iPhone" in page.content.decode()


@pytest.mark.parametrize("number", [1, 3, 300])
def test_history_takes_the_same_statements_whatever_its_length(number):
    user, now = factories.make_user(username="chensy"), timezone.now()
    SignIn.objects.bulk_create(SignIn(user=user, at=now, means="password", succeeded=True) for _n in range(number))
    client = sign_in("chensy")
    client.get(reverse("my_sign_ins"))
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("my_sign_ins"))
    assert len(seen) == 5


def test_sign_ins_are_forgotten_after_half_a_year():
    user, now = factories.make_user(), timezone.now()
    for days in (181, 179):
        SignIn.objects.create(user=user, at=now - timedelta(days=days), means="password", succeeded=True)
    assert (purge(now=now), purge(now=now)) == (1, 0)
    assert user.sign_ins.count() == 1
