"""Pages as a person reads them."""

import re

from django.urls import reverse


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def post(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data)


def words(response):
    """What a reader reads: without tags, blanks run together."""
    main = re.search(r"<main.*", response.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))


def lede(response):
    found = re.search(r'<div class="lede">(.*?)</div>', response.content.decode(), re.DOTALL)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found)).strip()


def form_data(**fields):
    return {"purpose": "年度经营决策。", "action": "submit", **fields}
