"""咨询与解释: what staff ask about an article, and the interpretations published beside it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.accounts.models import Organisation
from governance.directory.models import Office, Person

from .regulation import Regulation


class Interpretation(models.Model):
    """解释: how the interpreting office reads an article, for everybody. It is never changed: a newer one replaces
    it, or it is withdrawn, and stays readable. `question` is what was asked, as it is published; `article_digest`
    tells whether the article has been reworded since."""

    class State(models.TextChoices):
        PUBLISHED = "published", _("published")
        REPLACED = "replaced", _("replaced")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TRANSITIONS = {
        State.PUBLISHED: {State.REPLACED: "replace-interpretation", State.WITHDRAWN: "withdraw-interpretation"},
        State.REPLACED: {},
        State.WITHDRAWN: {},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="interpretations")
    article = models.CharField(max_length=20)
    article_digest = models.CharField(max_length=64)
    question = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["regulation", "state"], name="interpretation_standing")]

    def __str__(self) -> str:
        return self.question or self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("interpretation", args=[self.pk])


class ArticleQuestion(models.Model):
    """条文咨询: what somebody asks about an article. Seen by himself and the interpreting office; answered to him
    alone, or by an interpretation for everybody."""

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for an answer")
        ANSWERED = "answered", pgettext_lazy("question of staff", "answered")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TRANSITIONS = {
        State.ASKED: {State.ANSWERED: "answer-question", State.WITHDRAWN: "withdraw-question"},
        State.ANSWERED: {},
        State.WITHDRAWN: {},
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=20)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    interpretation = models.ForeignKey(Interpretation, null=True, on_delete=models.PROTECT, related_name="answers")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="article_question_recent"),
            models.Index(fields=["asked_by", "-asked_at"], name="article_question_mine"),
        ]

    def __str__(self) -> str:
        return " ".join(self.text.split())[:60]

    def get_absolute_url(self) -> str:
        return reverse("article_question", args=[self.pk])
