from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "wiadukt.shop.questions"
    label = "questions"
