"""The e-mail about something said."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from wiadukt.shop import mailing
from wiadukt.shop.questions.models import Post


def send(post: Post, email: str) -> None:
    """To one person. Raises OSError while the mail server does not answer."""
    page = "questions:detail" if post.by_seller else "panel:question"
    context = {
        "post": post,
        "question": post.question,
        "url": settings.ENVIRONMENT.shop_public_url + reverse(page, args=[post.question_id]),
    }
    mailing.send("question", [email], context, about=f"post {post.pk}")
