"""Django's settings, made from the shop's `Environment`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403  (Oscar's own way to bring its defaults)
from psycopg.conninfo import conninfo_to_dict

from wiadukt.shop.settings.environment import Environment, MailSecurity
from wiadukt.shop.settings.installed import INSTALLED_APPS, MIDDLEWARE, OSCAR_DASHBOARD_NAVIGATION  # noqa: F401

ENVIRONMENT = Environment()
SHOP_DIR = Path(__file__).parents[1]

SECRET_KEY = ENVIRONMENT.shop_secret_key
DEBUG = ENVIRONMENT.shop_debug
_public = urlsplit(ENVIRONMENT.shop_public_url)
_internal = {host.strip() for host in ENVIRONMENT.shop_internal_hosts.split(",") if host.strip()}
ALLOWED_HOSTS = sorted({_public.hostname or "localhost", "127.0.0.1", "localhost", "testserver", *_internal})
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public.scheme == "https"
SESSION_COOKIE_AGE = ENVIRONMENT.shop_session_days * 24 * 3600
SECURE_HSTS_SECONDS = ENVIRONMENT.shop_hsts_days * 24 * 3600 if _public.scheme == "https" else 0
SITE_ID = 1
ROOT_URLCONF = "wiadukt.shop.urls"
ASGI_APPLICATION = "wiadukt.shop.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_connection = conninfo_to_dict(ENVIRONMENT.shop_database_url)
# How much of a mistaken word must agree for goods to be found by it: `zawais` finds `zawias`.
_connection["options"] = f"{_connection.get('options', '')} -c pg_trgm.word_similarity_threshold=0.4".strip()
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _connection.pop("dbname"),
        "USER": _connection.pop("user", ""),
        "PASSWORD": _connection.pop("password", ""),
        "HOST": _connection.pop("host", ""),
        "PORT": _connection.pop("port", ""),
        "OPTIONS": {**_connection, "pool": {"min_size": 1, "max_size": 12, "timeout": 20}},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SHOP_STAFF_SECOND_FACTOR = ENVIRONMENT.shop_staff_second_factor
OTP_TOTP_ISSUER = ENVIRONMENT.shop_name
AXES_FAILURE_LIMIT = ENVIRONMENT.shop_login_attempts
AXES_COOLOFF_TIME = timedelta(minutes=ENVIRONMENT.shop_login_pause_min)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Django's form and backends call it so; by default axes looks for the model's field and would find nobody's name, and
# lock everybody of an office behind one address.
AXES_USERNAME_FORM_FIELD = "username"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_SENSITIVE_PARAMETERS = []
AXES_VERBOSE = False
LOGIN_URL = reverse_lazy("login")
LOGIN_REDIRECT_URL = reverse_lazy("catalogue:index")
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
LOCALE_PATHS = [SHOP_DIR / "locale"]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True
# Amounts group their thousands where a page says so (`floatformat:"2g"`). Keys and quantities in fields never do: a
# form would send "1 234" back.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [SHOP_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # photos in bulk
MEDIA_URL = "/media/"
MEDIA_ROOT = ENVIRONMENT.shop_media_root.resolve()
THUMBNAIL_FORMAT = "WEBP"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SHOP_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.core.context_processors.metadata",
                "wiadukt.shop.storefront.context.storefront",
            ],
        },
    }
]

HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
# There is no search index to follow a saved product: buyers search the base itself.
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"

EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.smtp_host, ENVIRONMENT.smtp_port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.smtp_user, ENVIRONMENT.smtp_password.get_secret_value()
EMAIL_USE_TLS = ENVIRONMENT.smtp_security == MailSecurity.STARTTLS
EMAIL_USE_SSL = ENVIRONMENT.smtp_security == MailSecurity.TLS
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = OSCAR_FROM_EMAIL = f"{ENVIRONMENT.shop_name} <{ENVIRONMENT.shop_email_from}>"

OSCAR_SHOP_NAME = ENVIRONMENT.shop_name
OSCAR_DEFAULT_CURRENCY = "PLN"
OSCAR_SLUG_MAP = {"ł": "l", "Ł": "L"}  # the one Polish letter that is no other one with a mark
OSCAR_HOMEPAGE = reverse_lazy("catalogue:index")
OSCAR_HIDDEN_FEATURES = ["reviews", "wishlists"]
OSCAR_EAGER_ALERTS = False
OSCAR_PRODUCTS_PER_PAGE = 24
OSCAR_REQUIRED_ADDRESS_FIELDS = ("line1", "line4", "postcode", "country")
OSCAR_INITIAL_ORDER_STATUS = "new"
OSCAR_SEND_REGISTRATION_EMAIL = False

CREDIT_ACTION = ENVIRONMENT.shop_credit_action

# Our jobs stand in modules of that name.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Of the processes `runtime.log` is in charge; a command writes its warnings plainly.
LOGGING_CONFIG = None
