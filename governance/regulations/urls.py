"""The addresses of regulations and open questions."""

from django.urls import path

from .views import acknowledging, interpreting, reading, uploading

urlpatterns = [
    path("regulations/", reading.regulations, name="regulations"),
    path("regulations/<int:pk>/", reading.regulation, name="regulation"),
    path("regulations/<int:pk>/print/", reading.regulation_print, name="regulation_print"),
    path("regulations/upload/", uploading.regulation_upload, name="regulation_upload"),
    path("regulations/uploads/<uuid:uuid>/", uploading.regulation_preview, name="regulation_preview"),
    path("regulations/uploads/<uuid:uuid>/load/", uploading.regulation_load, name="regulation_load"),
    path("regulations/uploads/<uuid:uuid>/discard/", uploading.regulation_discard, name="regulation_discard"),
    path("regulations/<int:pk>/versions/", reading.regulation_versions, name="regulation_versions"),
    path("regulations/<int:pk>/acknowledge/", acknowledging.regulation_acknowledge, name="regulation_acknowledge"),
    path(
        "regulations/<int:pk>/acknowledgements/",
        acknowledging.regulation_acknowledgements,
        name="regulation_acknowledgements",
    ),
    path("regulations/<int:pk>/ask/", interpreting.article_question_new, name="article_question_new"),
    path("article-questions/", interpreting.article_questions, name="article_questions"),
    path("article-questions/<int:pk>/", interpreting.article_question, name="article_question"),
    path("article-questions/<int:pk>/answer/", interpreting.article_question_answer, name="article_question_answer"),
    path(
        "article-questions/<int:pk>/withdraw/", interpreting.article_question_withdraw, name="article_question_withdraw"
    ),
    path("interpretations/<int:pk>/", interpreting.interpretation, name="interpretation"),
    path("interpretations/<int:pk>/replace/", interpreting.interpretation_replace, name="interpretation_replace"),
    path("interpretations/<int:pk>/withdraw/", interpreting.interpretation_withdraw, name="interpretation_withdraw"),
    path("questions/", reading.questions, name="questions"),
    path("questions/<int:pk>/", reading.question, name="question"),
    path("questions/<int:pk>/answer/", reading.question_answer, name="question_answer"),
]
