"""Questions on articles, their answers, and interpretations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.workflow import raise_wrong_state

from ..actions import interpreting
from ..forms import AnswerQuestionForm, AskForm, ReplaceForm
from ..models import ArticleQuestion, Interpretation, Regulation
from ..permissions import check_can_ask, check_can_interpret, today_of
from ..queries import regulations_of
from ..queries.interpretations import (
    article_question_page,
    article_questions_of,
    clause_choices,
    interpretation_page,
    interpretations_of,
    listed_article_questions,
)


@require_safe
def article_questions(request: HttpRequest) -> HttpResponse:
    """One's own questions; for the interpreting office those that wait for its answer first."""
    regulations = regulations_of(request.user.organisation_id)
    context = {"page": listed_article_questions(request.user), "regulations": regulations}
    return render(request, "regulations/article_question_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def article_question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask about an article; ?article= names it beforehand."""
    regulation: Regulation = get_object_or_404(regulations_of(request.user.organisation_id), pk=pk)
    check_can_ask(request.user, regulation)
    choices = clause_choices(regulation, on=today_of(request.user))
    if not choices:
        raise Http404
    known = request.GET.get("article", "")
    form = AskForm(request.POST if request.method == "POST" else None, choices=choices, article=known)
    if request.method == "POST" and form.is_valid():
        question = interpreting.ask(regulation, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Your question is on its way. You hear as soon as it is answered."))
        return redirect(question)
    context = {"form": form, "regulation": regulation}
    return render(request, "regulations/article_question_new.html", context, status=422 if form.errors else 200)


def found_question(request: HttpRequest, pk: int) -> ArticleQuestion:
    return get_object_or_404(article_questions_of(request.user), pk=pk)


@require_safe
def article_question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: the article, what is asked, the answer."""
    return show_question(request, found_question(request, pk))


def show_question(
    request: HttpRequest, question: ArticleQuestion, form: AnswerQuestionForm | None = None, status: int = 200
) -> HttpResponse:
    page = article_question_page(question, request.user, on=today_of(request.user))
    context = {"page": page, "form": (form or AnswerQuestionForm(question=question)) if page.may_answer else None}
    return render(request, "regulations/article_question.html", context, status=status)


@require_POST
def article_question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the asker alone, or publish the answer as an interpretation."""
    question = found_question(request, pk)
    check_can_interpret(request.user, question.regulation)
    if question.state != ArticleQuestion.State.ASKED:
        raise_wrong_state(question)
    form = AnswerQuestionForm(request.POST, question=question)
    if not form.is_valid():
        return show_question(request, question, form, status=422)
    answer, said = form.cleaned_data["answer"], form.cleaned_data["published_question"]
    try:
        if form.cleaned_data["how"] == form.PUBLISH:
            interpreting.answer_publicly(
                question, answer=answer, published_question=said, by=request.user, now=timezone.now()
            )
            messages.success(request, _("The interpretation stands beside the article; who asked is told."))
        else:
            interpreting.answer_privately(question, answer=answer, by=request.user, now=timezone.now())
            messages.success(request, _("The answer is with who asked."))
    except ValidationError as refused:
        form.add_error(None, " ".join(refused.messages))
        return show_question(request, question, form, status=422)
    return redirect(question)


@require_POST
def article_question_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker takes his question back."""
    question = found_question(request, pk)
    interpreting.take_back(question, by=request.user, now=timezone.now())
    messages.success(request, _("The question is withdrawn."))
    return redirect("article_questions")


def found_interpretation(request: HttpRequest, pk: int) -> Interpretation:
    return get_object_or_404(interpretations_of(request.user), pk=pk)


@require_safe
def interpretation(request: HttpRequest, pk: int) -> HttpResponse:
    """One interpretation, also when it no longer stands."""
    return show_interpretation(request, found_interpretation(request, pk))


def show_interpretation(
    request: HttpRequest, found: Interpretation, form: ReplaceForm | None = None, status: int = 200
) -> HttpResponse:
    page = interpretation_page(found, request.user, on=today_of(request.user))
    context = {"page": page, "form": (form or ReplaceForm(initial={"text": found.text})) if page.may_change else None}
    return render(request, "regulations/interpretation.html", context, status=status)


def changeable(request: HttpRequest, pk: int) -> Interpretation:
    """An interpretation that stands, for whoever may change it."""
    found = found_interpretation(request, pk)
    check_can_interpret(request.user, found.regulation)
    if found.state != Interpretation.State.PUBLISHED:
        raise_wrong_state(found)
    return found


@require_POST
def interpretation_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a newer reading in its place."""
    found, form = changeable(request, pk), ReplaceForm(request.POST)
    if not form.is_valid():
        return show_interpretation(request, found, form, status=422)
    try:
        newer = interpreting.replace(found, **form.cleaned_data, by=request.user, now=timezone.now())
    except ValidationError as refused:
        form.add_error(None, " ".join(refused.messages))
        return show_interpretation(request, found, form, status=422)
    messages.success(request, _("The newer interpretation stands beside the article."))
    return redirect(newer)


@require_POST
def interpretation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It no longer holds, with the reason."""
    found = changeable(request, pk)
    try:
        interpreting.withdraw(found, reason=request.POST.get("opinion", ""), by=request.user, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return show_interpretation(request, found, status=422)
    messages.success(request, _("The interpretation is withdrawn; it stays readable with the reason."))
    return redirect(found)
