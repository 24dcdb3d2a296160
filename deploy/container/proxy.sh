#!/bin/sh
# Write the configuration of nginx for HOSTS, and run it.
set -eu
# shellcheck source=deploy/steps.sh
. /srv/newsroom/current/deploy/steps.sh
: "${HOSTS:?the host names of the paper}"
render "$SNIPPETS/newsroom.conf" /etc/nginx/sites-enabled/newsroom
exec nginx -g 'daemon off;'
