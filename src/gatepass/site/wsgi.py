"""The web application for the server. It refuses to start without a secret."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from gatepass.site.processes import settle, weak

if weak(os.environ.get("GATEPASS_SECRET", "")) or not os.environ.get("GATEPASS_SECRET"):
    raise ImproperlyConfigured("GATEPASS_SECRET is empty or weak: start the program with `gatepass serve`, which makes one")
application = get_wsgi_application()
settle()
