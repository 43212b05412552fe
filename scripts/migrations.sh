#!/bin/sh
# Until 1.0 every room has one initial migration, made anew from its models: `make migrations` after a model has changed.
set -eu
cd "$(dirname "$0")/.."
rm -f src/gatepass/*/migrations/0001_*.py
export DJANGO_SETTINGS_MODULE=gatepass.site.settings GATEPASS_SECRET="only to write migrations"
export DATABASE_URL="postgresql:///nothing_is_read"
.venv/bin/python -W ignore -m django makemigrations --no-header
