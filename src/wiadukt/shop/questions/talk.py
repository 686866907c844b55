"""Asking, answering and closing; the other side hears of each by e-mail, in the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from wiadukt.shop.accounts.models import User
from wiadukt.shop.organisations.models import Branch, Member
from wiadukt.shop.questions.models import Post, Question, QuestionState
from wiadukt.shop.sellers.assign import who_looks_after

MAIL_TASK = "wiadukt.question_mail"


@dataclass(frozen=True)
class About:
    """At most one of the two."""

    order: Any = None
    invoice: Any = None


@transaction.atomic
def ask(member: Member, branch: Branch, subject: str, text: str, about: About) -> Question:
    question = Question.objects.create(
        organisation=member.organisation, branch=branch, author=member, subject=subject,
        order=about.order, invoice=about.invoice,
    )  # fmt: skip
    _say(question, member.user, text, by_seller=False)
    return question


@transaction.atomic
def add(question: Question, user: User, text: str) -> None:
    """The buyer says more; also a closed question is open again."""
    _turn(question, QuestionState.OPEN)
    _say(question, user, text, by_seller=False)


@transaction.atomic
def answer(question: Question, user: User, text: str) -> None:
    _turn(question, QuestionState.ANSWERED)
    _say(question, user, text, by_seller=True)


def close(question: Question) -> None:
    """Nothing more is to be said; either side may close, and nobody is written to."""
    _turn(question, QuestionState.CLOSED)


def _turn(question: Question, state: QuestionState) -> None:
    question.state, question.changed_at = state, timezone.now()
    question.save(update_fields=["state", "changed_at"])


def _say(question: Question, user: User, text: str, *, by_seller: bool) -> None:
    post = Post.objects.create(question=question, user=user, by_seller=by_seller, text=text)
    for listener in sorted(_listeners(question, by_seller=by_seller)):
        app.configure_task(MAIL_TASK).defer(post_id=post.pk, user_id=listener)


def _listeners(question: Question, *, by_seller: bool) -> set[int]:
    """Whoever of the other side should hear: those who look after the branch, or the buyer's people who spoke."""
    if not by_seller:
        return set(who_looks_after(question.branch).values_list("pk", flat=True))
    spoke = question.posts.filter(by_seller=False, user__is_active=True)
    return set(spoke.values_list("user", flat=True))
