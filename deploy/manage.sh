#!/bin/sh
# Run manage.py of the paper as its user, with its settings: newsroom doctor
set -eu
PAPER=@PAPER@ STATE=@STATE@ CONFIGURATION=@CONFIGURATION@ OWNER=@OWNER@
# shellcheck source=deploy/steps.sh
. "$PAPER/current/deploy/steps.sh"
[ "$(id -u)" -eq 0 ] || refuse "run this as root: sudo newsroom $*"
manage_in "$(readlink -f "$CURRENT")" "$@"
