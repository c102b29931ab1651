"""Load Django once, before anything that has models is imported. Import this first in every entry point."""

import logging
import os
import sys

import django
import structlog

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuidan.site.settings")
django.setup()
# Plain tracebacks: structlog's own would print local values, and a request or a job may hold a key or a code.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(logging.getLogger().level),
    logger_factory=structlog.PrintLoggerFactory(sys.stderr),
)
