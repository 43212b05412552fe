"""The web application for the server. It refuses to start without a secret."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

if not settings.SECRET_KEY:
    raise ImproperlyConfigured("GATEPASS_SECRET is empty: start the program with `gatepass serve`, which makes one")
application = get_wsgi_application()
