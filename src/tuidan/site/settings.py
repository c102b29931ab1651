"""Django's settings. Values that differ between installations come from `environment.py`, nowhere else.

Importing this opens no connection. Sessions, people and boards use Django; orders are written by functions in
the database (`store/orders`), so no middleware or signal has a part in them.
"""

import os
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from tuidan.domain.policy.life import NOTICE_DAYS_MAX, NOTICE_DAYS_MIN
from tuidan.domain.retention_state import PAYMENT, TRADE, YEARS_MAX, YEARS_MIN
from tuidan.site import databases, environment, file_store, secret_file

ENVIRONMENT = environment.read(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent
CONSOLES = ("shared", "buyer", "seller", "reviewer", "operator", "hearing", "log", "record")

DEBUG = ENVIRONMENT.switch("TUIDAN_DEBUG")
TUIDAN_DEMO = ENVIRONMENT.switch("TUIDAN_DEMO")
DATA_DIR = ENVIRONMENT.folder()
SECRET_KEY = ENVIRONMENT.text("TUIDAN_SECRET_KEY") or secret_file.kept(DATA_DIR, "secret_key")
# Oldest first: the last one seals, the others still open what they sealed, the first one must stay for good.
VAULT_KEYS = tuple(
    bytes.fromhex(key)
    for key in (ENVIRONMENT.text("TUIDAN_VAULT_KEY") or secret_file.kept(DATA_DIR, "vault_key")).split(",")
)
# Like the vault's: the last one wraps the keys of new files, the others still open what they wrapped.
FILE_KEYS = tuple(
    bytes.fromhex(key)
    for key in (ENVIRONMENT.text("TUIDAN_FILE_KEY") or secret_file.kept(DATA_DIR, "file_key")).split(",")
)
FILE_STORE = partial(file_store.connect, ENVIRONMENT)
FILE_SCRATCH = file_store.scratch(ENVIRONMENT)
PUBLIC_URL = ENVIRONMENT.text("TUIDAN_PUBLIC_URL").rstrip("/")
# The name under which the log signs, an address without its scheme; what was signed once keeps its name.
LOG_ORIGIN = ENVIRONMENT.text("TUIDAN_LOG_ORIGIN") or PUBLIC_URL.partition("://")[2] + "/log"
LOG_KEY_DIR = Path(ENVIRONMENT.text("TUIDAN_LOG_KEY_DIR") or DATA_DIR / "keys" / "log").absolute()
API_REQUESTS_PER_SECOND = ENVIRONMENT.whole("TUIDAN_API_REQUESTS_PER_SECOND", 0, 1_000_000)
ALLOWED_HOSTS = ENVIRONMENT.words("TUIDAN_ALLOWED_HOSTS")
KEEP_TRADE_YEARS = ENVIRONMENT.whole("TUIDAN_KEEP_TRADE_YEARS", YEARS_MIN[TRADE], YEARS_MAX)
KEEP_PAYMENT_YEARS = ENVIRONMENT.whole("TUIDAN_KEEP_PAYMENT_YEARS", YEARS_MIN[PAYMENT], YEARS_MAX)
POLICY_NOTICE_DAYS = ENVIRONMENT.whole("TUIDAN_POLICY_NOTICE_DAYS", NOTICE_DAYS_MIN, NOTICE_DAYS_MAX)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "tuidan.store.shared",
    "tuidan.store.orders",
    "tuidan.store.books",
    "tuidan.store.stock",
    "tuidan.store.boards",
    "tuidan.store.files",
    "tuidan.store.readings",
    "tuidan.store.log",
    "tuidan.store.watch",
]
AUTH_USER_MODEL = "shared.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = databases.databases(ENVIRONMENT)

# Pages only: machine-to-machine paths are answered without any of these (`wsgi.py`).
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tuidan.web.shared.now.NowMiddleware",
    "tuidan.web.shared.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "tuidan.site.urls"
WSGI_APPLICATION = "tuidan.site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / console / "templates" for console in CONSOLES],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tuidan.web.shared.page.page",
            ],
            "libraries": {"tuidan": "tuidan.web.shared.tags"},
        },
    }
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [
    folder for folder in (PACKAGE / "web" / console / "static" for console in CONSOLES) if folder.is_dir()
]
WHITENOISE_USE_FINDERS = True  # served from the package: nothing is collected, nothing can be stale

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # for showing only: every stored and compared time is UTC

LOGIN_URL = "/sign-in/"
AUTHENTICATION_BACKENDS = ["tuidan.web.shared.sign_in.EmailOrPhoneBackend"]
CSRF_FAILURE_VIEW = "tuidan.web.shared.errors.csrf_failure"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = urlsplit(PUBLIC_URL).scheme == "https"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.text("TUIDAN_LOG_LEVEL")},
    # One line a call says nothing that an operator needs, and a query string may hold a signature.
    "loggers": {"httpx": {"level": "WARNING"}, "pikepdf": {"level": "WARNING"}},
}
