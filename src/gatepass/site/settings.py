"""Settings, all from the environment. The supervisor and the tests set them; nothing here reads a database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("GATEPASS_DATA", "data")).resolve()
SECRET_KEY = os.environ.get("GATEPASS_SECRET", "")
# One address says it all: hosts, origins, links, cookies, and what a proxy in front is believed (rule 46).
GIVEN_URL = os.environ.get("GATEPASS_URL", "").rstrip("/")
URL = GIVEN_URL or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
HTTPS = URL.startswith("https://")
DEBUG = False
BACKUP_AT = os.environ.get("GATEPASS_BACKUP_AT", "02:30")
BACKUPS_KEPT = max(1, int(os.environ.get("GATEPASS_BACKUPS_KEPT", "14")))
DEMO = os.environ.get("GATEPASS_DEMO") == "1"
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = ["*"] if DEMO and not GIVEN_URL else [*LOOPBACK, *([urlsplit(GIVEN_URL).hostname or ""] if GIVEN_URL else [])]
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(GIVEN_URL))] if GIVEN_URL else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0

MODULES = [
    "journal",
    "people",
    "workcalendar",
    "approvals",
    "carriers",
    "customers",
    "catalogue",
    "stock",
    "receivables",
    "orders",
    "production",
    "dispatch",
    "transport",
    "gate",
    "enforcement",
    "papers",
    "look",
    "desks",
    "simulation",
    "imports",
    "site",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    *(f"gatepass.{name}" for name in MODULES),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gatepass.site.middleware.preferences",
    "gatepass.site.middleware.viewer",
    "gatepass.site.middleware.security_headers",
    "gatepass.site.middleware.spoken_methods",
    "gatepass.site.middleware.Absence",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "gatepass.site.urls"
WSGI_APPLICATION = "gatepass.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "gatepass.site.context.shell",
            ],
            "builtins": ["gatepass.look.templatetags.look"],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """A Django database entry from a libpq URL (host may be a percent-encoded socket folder)."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    port = options.pop("port", "") or str(parts.port or "")
    settings = ["-c timezone=UTC", "-c statement_timeout=30000", "-c lock_timeout=3000"]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "gatepass",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,  # a connection that died is a 503 that tries again, not a question before every request
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"prepare_threshold": 2} | options | {"options": " ".join(settings)},  # see journal/prepared.py
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///gatepass"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["gatepass.people.sign_in.PersonBackend"]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 60 * 60 * 14
SESSION_COOKIE_NAME = "gatepass"
CSRF_FAILURE_VIEW = "gatepass.site.errors.csrf_failed"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
TEST_RUNNER = "django.test.runner.DiscoverRunner"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
