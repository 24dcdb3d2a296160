#!/bin/sh
# Make the tables, the roles and the first account, or bring them to this version.
set -eu
manage() { var/venv/bin/python manage.py "$@"; }
manage migrate --verbosity 0
manage loaddata roles --verbosity 0
manage rebuild_lists --verbosity 0
manage rebuild_search --verbosity 0
manage create_administrator guanli
manage check --deploy --database default
