# shellcheck shell=sh
# Where everything is on one machine, and the steps that install.sh and update.sh share.

: "${PAPER:=/srv/newsroom}"             # versions of the program; only root writes here
: "${STATE:=/var/lib/newsroom}"         # what the program writes: photos, kept pages
: "${BACKUPS:=/var/backups/newsroom}"
: "${CONFIGURATION:=/etc/newsroom}"     # the settings and the certificate
: "${LOGS:=/var/log/newsroom}"          # of nginx; the program writes to the journal
: "${CACHE:=/var/cache/newsroom}"       # of nginx
: "${CHALLENGES:=/var/www/newsroom}"    # what certbot shows
: "${SOCKET:=/run/newsroom/web.sock}"
: "${HTTP_PORT:=80}"
: "${HTTPS_PORT:=443}"
: "${OWNER:=newsroom}"                  # the user and the database
: "${PYTHON:=python3}"
SETTINGS="$CONFIGURATION/newsroom.env"
CURRENT="$PAPER/current"
STATIC="$PAPER"
MEDIA="$STATE/media"
: "${SNIPPETS:=$CURRENT/deploy/nginx}"
PAGES="$SNIPPETS/pages"
: "${CERTIFICATE:=$CONFIGURATION/certificate.pem}"
: "${KEY:=$CONFIGURATION/key.pem}"

say() { printf '%s\n' "$*"; }
is_right() { printf '  as it should be: %s\n' "$*"; }
refuse() { printf 'Refused: %s\n' "$*" >&2; exit 1; }

# render TEMPLATE TARGET: write a file with the places of this machine, if it differs.
render() {
    rendered=$(mktemp)
    sed -e "s|@PAPER@|$PAPER|g; s|@STATE@|$STATE|g; s|@BACKUPS@|$BACKUPS|g; s|@LOGS@|$LOGS|g" \
        -e "s|@CACHE@|$CACHE|g; s|@CHALLENGES@|$CHALLENGES|g; s|@SOCKET@|$SOCKET|g" \
        -e "s|@HTTP_PORT@|$HTTP_PORT|g; s|@HTTPS_PORT@|$HTTPS_PORT|g; s|@HOSTS@|${HOSTS:-}|g" \
        -e "s|@CERTIFICATE@|$CERTIFICATE|g; s|@KEY@|$KEY|g; s|@SNIPPETS@|$SNIPPETS|g" \
        -e "s|@PAGES@|$PAGES|g; s|@STATIC@|$STATIC|g; s|@MEDIA@|$MEDIA|g" \
        -e "s|@SETTINGS@|$SETTINGS|g; s|@OWNER@|$OWNER|g" \
        -e "s|@CONFIGURATION@|$CONFIGURATION|g" "$1" >"$rendered"
    [ -e /proc/net/if_inet6 ] || sed -i '/listen \[::\]/d' "$rendered"
    if cmp -s "$rendered" "$2"; then
        rm "$rendered"
        is_right "$2"
    else
        chmod 644 "$rendered"
        mv "$rendered" "$2"
        say "  written: $2"
    fi
}

# self_signed HOST: a certificate for trying; browsers warn of it.
self_signed() {
    (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -days 365 -subj "/CN=$1" -addext "subjectAltName=DNS:$1" \
        -keyout "$KEY" -out "$CERTIFICATE" 2>/dev/null)
}

# name_of FOLDER: the version that a source folder is, as git or its file RELEASE tells.
name_of() {
    if [ -e "$1/.git" ]; then
        git -c safe.directory='*' -C "$1" describe --tags --always --dirty
    elif [ -f "$1/RELEASE" ]; then
        cat "$1/RELEASE"
    else
        date -u +%Y%m%d-%H%M%S
    fi
}

# unpack REPOSITORY VERSION FOLDER: what a version has in git. From a folder inside the repository
# git would take that folder alone.
unpack() {
    top=$(git -C "$1" rev-parse --show-toplevel)
    git -C "$top" archive --output "$3/.version.tar" "$2"
    tar -x -f "$3/.version.tar" -C "$3"
    rm "$3/.version.tar"
}

# make_release FOLDER NAME: a version beside the others, ready to run. Sets RELEASE to its folder.
make_release() {
    RELEASE="$PAPER/releases/$2"
    if [ -e "$RELEASE/.complete" ]; then
        is_right "$RELEASE"
        return
    fi
    say "  preparing $RELEASE (a minute or two)"
    rm -rf "$RELEASE"
    mkdir -p "$RELEASE/var"
    (cd "$1" && tar -c --exclude=./var --exclude=./.git --exclude=__pycache__ .) |
        tar -x --no-same-owner -C "$RELEASE"
    printf '%s\n' "$2" >"$RELEASE/RELEASE"
    "$PYTHON" -m venv "$RELEASE/var/venv"
    "$RELEASE/var/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes -r "$RELEASE/requirements.txt"
    "$RELEASE/var/venv/bin/python" -m compileall -q "$RELEASE/articles" "$RELEASE/newsroom"
    manage_in "$RELEASE" collectstatic --noinput --verbosity 0
    share_static "$RELEASE"
    chmod -R u=rwX,go=rX "$RELEASE"
    touch "$RELEASE/.complete"
}

# share_static RELEASE: add its static files to those that nginx serves; older ones stay.
share_static() {
    mkdir -p "$STATIC/static"
    cp -a "$1/var/static/." "$STATIC/static/"
    chmod -R u=rwX,go=rX "$STATIC/static"
}

# manage_in RELEASE COMMAND…: run manage.py of a version with the settings, as root where it must
# write beside the code (collectstatic), else as the paper's user.
manage_in() {
    (
        read_settings
        release=$1
        shift
        cd "$release" || exit
        if [ "$1" = collectstatic ] || [ "$(id -u)" -ne 0 ]; then
            exec "$release/var/venv/bin/python" manage.py "$@"
        fi
        exec setpriv --reuid "$OWNER" --regid "$OWNER" --init-groups --inh-caps=-all \
            "$release/var/venv/bin/python" -B manage.py "$@"
    )
}

# read_settings: put the lines NAME=VALUE of the settings into the environment, as they stand.
read_settings() {
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            [A-Z]*=*) export "${line?}" ;;
        esac
    done <"$SETTINGS"
    export TMPDIR=/var/tmp HOME="$STATE"
}

# switch_to RELEASE: let `current` lead to a version, in one step.
switch_to() {
    ln -sfn "$1" "$CURRENT.new"
    mv -T "$CURRENT.new" "$CURRENT"
}

# answers PATH: ask this machine over TLS, as a reader; succeeds with 200.
answers() {
    curl --silent --show-error --fail --insecure --max-time 30 --output /dev/null \
        --resolve "$FIRST_HOST:$HTTPS_PORT:127.0.0.1" "https://$FIRST_HOST:$HTTPS_PORT$1"
}

# write_units: what systemd, nginx and the log programs read, from the version of `current`.
write_units() {
    say "Units, nginx, logs"
    install -d /etc/systemd/journald.conf.d
    for unit in "$CURRENT"/deploy/systemd/*; do
        render "$unit" "/etc/systemd/system/$(basename "$unit")"
    done
    render "$CURRENT/deploy/nginx/newsroom.conf" /etc/nginx/sites-available/newsroom
    ln -sf ../sites-available/newsroom /etc/nginx/sites-enabled/newsroom
    rm -f /etc/nginx/sites-enabled/default
    sed -i 's/worker_connections 768;/worker_connections 4096;/' /etc/nginx/nginx.conf
    render "$CURRENT/deploy/logrotate" /etc/logrotate.d/newsroom
    render "$CURRENT/deploy/journald.conf" /etc/systemd/journald.conf.d/newsroom.conf
    render "$CURRENT/deploy/manage.sh" /usr/local/sbin/newsroom
    chmod 755 /usr/local/sbin/newsroom
    nginx -t -q
}
