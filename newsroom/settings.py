"""The settings: one file, read from the environment; docs/operating.md has the table."""

import sqlite3
from pathlib import Path

import django
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from newsroom import env, object_settings
from newsroom.logs.configuration import configure

BASE_DIR = Path(__file__).resolve().parent.parent
# What the paper writes; the static files of a version stand beside its code.
VAR = env.directory("VAR_ROOT", default=BASE_DIR / "var")

SECRET_KEY = env.secret_key("SECRET_KEY", stored_in=VAR / "secret_key")
DEBUG = env.boolean("DEBUG", default=False)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
PORT = env.integer("PORT", default=8000, low=1, high=65535)

# The origins the operator names tell whether readers reach the site over TLS.
BEHIND_TLS = any(origin.startswith("https://") for origin in CSRF_TRUSTED_ORIGINS)
# How many proxies in a row stand in front, each of which notes in X-Forwarded-For who asked it.
TRUSTED_PROXIES = env.integer(
    "TRUSTED_PROXIES", default=int(BEHIND_TLS), low=int(BEHIND_TLS), high=5
)

INSTALLED_APPS = [
    "articles.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles, whose runserver and before Django's own, whose loaddata it extends.
    "articles.apps.ArticlesConfig",
    "django.forms",
    "newsroom",  # for the commands of its tools
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "imagefield",
    "django_prose_editor",
    "csp",
]

MIDDLEWARE = [
    # These two before all: whose address it is, and how long it took.
    "newsroom.middleware.ClientAddressMiddleware",
    "newsroom.logs.requests.RequestLogMiddleware",
    # Before the rest: a kept page carries the headers that the others have set when it was built.
    "newsroom.page_cache.middleware.PageCacheMiddleware",
    "newsroom.standby.StandbyMiddleware",
    # These set the headers of every response: errors, redirects, refusals and static files too.
    "newsroom.middleware.PolicyHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.middleware.ReadOnlyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before anything that reads a body, and after the login is known.
    "newsroom.body_limits.BodyLimitMiddleware",
    "newsroom.middleware.KnownDeviceMiddleware",
    "newsroom.middleware.SessionLifetimeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    # Django's own widgets, and the parts of the desk that repeat a hundred times on a page.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates/jinja2", Path(django.__file__).parent / "forms/jinja2"],
        "OPTIONS": {"environment": "articles.templatetags.jinja_environment.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ]
        },
    },
]

# Database

VAR.mkdir(exist_ok=True)
DATABASES = {
    "default": env.database("DATABASE_URL", default=f"sqlite:///{VAR / 'newsroom.sqlite3'}")
}
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # SQLite from 3.7.0 to 3.51.2 can corrupt a write-ahead log that two processes share.
    journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL;",
    }
else:
    # A page asks many short questions: to compile one or share it out takes longer than to answer.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c jit=off -c max_parallel_workers_per_gather=0"
    )

# Readers' pages are read there where it has all that was published (newsroom/standby.py).
if standby := env.standby("STANDBY_URL", primary=DATABASES["default"]):
    DATABASES["standby"] = standby
    DATABASE_ROUTERS = ["newsroom.standby.StandbyRouter"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL", default=f"filecache://{VAR / 'cache'}")}
# How much readers' pages may take in files; 0: none is kept. Not while templates are written.
PAGE_CACHE_MB = 0 if DEBUG else env.integer("PAGE_CACHE_MB", default=256, low=0, high=1_000_000)

# Files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.directory("MEDIA_ROOT", default=VAR / "media")
# Object storage: that of the media, if they are not in MEDIA_ROOT, and that of backups.
S3 = object_settings.server("S3")
BACKUP_S3 = object_settings.server("BACKUP_S3") or S3
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
STORAGES = {
    "default": object_settings.media_storage("MEDIA_STORE", S3),
    "staticfiles": {"BACKEND": "newsroom.storage.StaticFilesStorage"},
}
IMAGEFIELD_BIN_DEPTH = 2
# The upload form has judged the file; the image field need not decode it twice more.
IMAGEFIELD_VALIDATE_ON_SAVE = False
# The font file of share cards; empty: a Song face in one of the usual places.
SHARE_CARD_FONT = env.file("SHARE_CARD_FONT")
# Where the proxy finds MEDIA_ROOT, if it hands out the bytes of pictures; the view decides.
ACCEL_REDIRECT = env.url_path("ACCEL_REDIRECT")

# What feeds hold of an article: all of it, or its opening.
FEED_CONTENT = env.choice("FEED_CONTENT", ["full", "summary"], default="full")

# Accounts and forms

AUTH_USER_MODEL = "articles.Member"
PASSWORD_HASHERS = ["articles.accounts.hashing.PatientPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# The words of one form: a long article or an issue with a hundred rows must reach its form. What
# a whole body may hold is said in newsroom/body_limits.py; only the admin takes POST.
DATA_UPLOAD_MAX_MEMORY_SIZE = 40 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# More than any form takes, so that the form can say how many it takes.
DATA_UPLOAD_MAX_NUMBER_FILES = 200
CSRF_FAILURE_VIEW = "articles.admin.form_recovery.csrf_failure"
# Whether those who publish need more than a password to log in; not in a demonstration.
IS_DEMONSTRATION = (VAR / "demo_accounts.txt").exists()
SECOND_FACTOR = env.boolean("SECOND_FACTOR", default=BEHIND_TLS and not IS_DEMONSTRATION)
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "articles.content.copy.parse_tags"
TAGGIT_STRING_FROM_TAGS = "articles.content.copy.format_tags"

# How many people read an article before it may be printed, the one who signs included.
REVIEW_STAGES = env.integer("REVIEW_STAGES", default=3, low=1, high=3)
# Whether a reviewer may correct words and pass them, or must send them back.
REVIEW_RULES = env.choice("REVIEW_RULES", ["amend", "strict"], default="amend")

# Notices: whether members may be told of waiting articles, and the hosts of group robots.
NOTICES = env.boolean("NOTICES", default=False)
NOTICE_HOSTS = env.hosts("NOTICE_HOSTS", default=["qyapi.weixin.qq.com", "oapi.dingtalk.com"])
MAIL = env.mail("EMAIL_URL", default="dummymail://")
EMAIL_BACKEND, EMAIL_FILE_PATH = MAIL["EMAIL_BACKEND"], MAIL["EMAIL_FILE_PATH"]
EMAIL_HOST, EMAIL_PORT = MAIL["EMAIL_HOST"], MAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"], MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL["EMAIL_USE_TLS"], MAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.mail_address("EMAIL_FROM", default="desk@localhost")
# Where the verdict on the ledger and its head are posted (manage.py verify_ledger).
LEDGER_WEBHOOK = env.web_address("LEDGER_WEBHOOK")

# The log: its form, from how many seconds a request is slow, whether each request is logged, and
# who is told of errors by mail.
LOG_FORMAT = env.choice("LOG_FORMAT", ["lines", "json"], default="lines")
SLOW_SECONDS = env.integer("SLOW_SECONDS", default=2, low=1, high=600)
ACCESS_LOG = env.boolean("ACCESS_LOG", default=False)
ADMINS = [("", address) for address in env.mail_addresses("ADMINS")]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
LOGGING = configure(
    form="plain" if DEBUG else LOG_FORMAT, has_access_log=ACCESS_LOG, has_mail=bool(ADMINS)
)

# Language and time

LANGUAGE_CODE = env.choice("LANGUAGE_CODE", ["zh-hans", "en"], default="zh-hans")
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
# Its words for what Django says go before Django's own.
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

# Security

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # A load balancer asks without TLS.
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "csrf"
# Only the desk is sent it, so that it has no __Host- before it.
DEVICE_COOKIE_NAME = "__Secure-device" if BEHIND_TLS else "device"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_ENGINE = "newsroom.session_store"
# In a signed cookie: a save would otherwise write the session too, and the next page once more.
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
