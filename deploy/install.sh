#!/bin/sh
# Set up the paper on a bare Debian 12 or 13 or Ubuntu 24.04; again, it changes nothing.
#
# install.sh HOST[,HOST…] --certificate FILE --key FILE   with a certificate that you have
#                         --certbot MAIL                  one of Let's Encrypt, where it reaches HOST
#                         --self-signed                   for trying: browsers warn
# --administrator NAME    the name of the first account (guanli)
# --no-start              install without starting anything (in a container, or to look first)
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=deploy/steps.sh
. "$HERE/steps.sh"

HOSTS='' TLS='' GIVEN_CERTIFICATE='' GIVEN_KEY='' MAIL='' ADMINISTRATOR=guanli START=yes
PACKAGES="python3 python3-venv postgresql nginx libnginx-mod-http-brotli-static openssl curl \
ca-certificates git logrotate tzdata util-linux iproute2 fonts-noto-cjk"
TIMERS="newsroom-backup newsroom-drill newsroom-doctor newsroom-tidy newsroom-notices"
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

check_value() { if [ $# -lt 2 ] || [ -z "$2" ]; then refuse "$1 takes a value."; fi; }

read_arguments() {
    while [ $# -gt 0 ]; do
        case $1 in
            --certificate) check_value "$@"; TLS=given GIVEN_CERTIFICATE=$2; shift ;;
            --key) check_value "$@"; GIVEN_KEY=$2; shift ;;
            --certbot) check_value "$@"; TLS=certbot MAIL=$2; shift ;;
            --self-signed) TLS=self-signed ;;
            --administrator) check_value "$@"; ADMINISTRATOR=$2; shift ;;
            --no-start) START=no ;;
            -*) refuse "there is no option $1; see the first lines of $0." ;;
            *) [ -z "$HOSTS" ] || refuse "name the hosts once, with commas: $HOSTS,$1"
               HOSTS=$(printf '%s' "$1" | tr ',' ' ') ;;
        esac
        shift
    done
}

check_arguments() {
    [ -n "$HOSTS" ] || refuse "name the host of the paper, such as: $0 news.example --self-signed"
    for host in $HOSTS; do
        printf '%s' "$host" | grep -Eqx '([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}' ||
            refuse "$host is no host name; write one such as news.example."
    done
    FIRST_HOST=${HOSTS%% *}
    [ -n "$TLS" ] || [ -e "$CERTIFICATE" ] || refuse "say where TLS comes from:" \
        "--certificate FILE --key FILE, --certbot MAIL or --self-signed."
    if [ "$TLS" = given ]; then
        for file in "$GIVEN_CERTIFICATE" "$GIVEN_KEY"; do
            [ -r "$file" ] || refuse "the file '$file' of --certificate or --key cannot be read."
        done
    fi
    printf '%s' "$ADMINISTRATOR" | grep -Eqx '[A-Za-z0-9._-]+' ||
        refuse "--administrator takes Latin letters and digits."
}

check_machine() {
    [ "$(id -u)" -eq 0 ] || refuse "run this as root."
    # shellcheck source=/dev/null
    system=$(. /etc/os-release && printf '%s %s' "$ID" "${VERSION_ID:-}")
    case $system in
        "debian 12" | "debian 13" | "ubuntu 24.04") ;;
        *) refuse "this is $system; the paper is set up on Debian 12 or 13 or Ubuntu 24.04." ;;
    esac
    command -v ss >/dev/null || return 0
    [ "$START" = yes ] || return 0
    for port in "$HTTP_PORT" "$HTTPS_PORT"; do
        holder=$(ss -Hltnp "sport = :$port" | sed -n 's/.*users:(("\([^"]*\)".*/\1/p' | head -n 1)
        case $holder in
            '' | nginx) ;;
            *) refuse "port $port is taken by $holder; stop it first." ;;
        esac
    done
}

install_packages() {
    say "Packages"
    missing=''
    [ "$TLS" != certbot ] || PACKAGES="$PACKAGES certbot"
    for package in $PACKAGES; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
            missing="$missing $package"
    done
    if [ -z "$missing" ]; then
        is_right "all are there"
        return
    fi
    say "  installing:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086  # Several words.
    apt-get install -qq --yes --no-install-recommends $missing >/dev/null
}

make_places() {
    say "User and folders"
    getent passwd "$OWNER" >/dev/null ||
        useradd --system --user-group --home-dir "$STATE" --no-create-home \
            --shell /usr/sbin/nologin "$OWNER"
    install -d -m 755 "$PAPER" "$PAPER/releases" "$CHALLENGES"
    install -d -m 700 "$CONFIGURATION"
    install -d -m 711 -o "$OWNER" -g "$OWNER" "$STATE"
    install -d -m 700 -o "$OWNER" -g "$OWNER" "$BACKUPS" "$STATE/cache"
    # nginx reads what the program tells it to hand out; nobody else does.
    install -d -m 2750 -o "$OWNER" -g www-data "$MEDIA"
    install -d -m 750 -o www-data -g adm "$LOGS"
    install -d -m 700 -o www-data "$CACHE"
    is_right "$OWNER, $PAPER, $STATE, $BACKUPS, $CONFIGURATION, $LOGS"
}

as_postgres() { (cd / && setpriv --reuid postgres --regid postgres --init-groups "$@"); }

make_database() {
    say "Database"
    if ! as_postgres psql -qtc 'SELECT 1' >/dev/null 2>&1; then
        cluster=$(pg_lsclusters -h | head -n 1)
        [ -n "$cluster" ] || refuse "PostgreSQL has no cluster: pg_createcluster VERSION main"
        # shellcheck disable=SC2086  # Its first two words are version and name.
        set -- $cluster
        pg_ctlcluster "$1" "$2" start
    fi
    # A drill makes a database, and drops it.
    [ -n "$(as_postgres psql -qtAc "SELECT 1 FROM pg_roles WHERE rolname = '$OWNER'")" ] ||
        as_postgres createuser --createdb "$OWNER"
    [ -n "$(as_postgres psql -qtAc "SELECT 1 FROM pg_database WHERE datname = '$OWNER'")" ] ||
        as_postgres createdb --owner "$OWNER" --encoding UTF8 --locale C.UTF-8 \
            --template template0 "$OWNER"
    is_right "the role and the database $OWNER, reached over the socket by the user $OWNER"
}

write_settings() {
    say "Settings"
    if [ -e "$SETTINGS" ]; then
        is_right "$SETTINGS"
        return
    fi
    workers=$(nproc)
    [ "$workers" -ge 2 ] || workers=2
    # shellcheck disable=SC2086  # A word for each host.
    origins=$(printf 'https://%s,' $HOSTS)
    # Where another cluster stands beside it, it has another port.
    port=$(as_postgres psql -qtAc 'SHOW port')
    [ "$port" != 5432 ] || port=''
    key=$(python3 -c 'import secrets; print(secrets.token_urlsafe(60))')
    (
        umask 077
        sed -e "s|@SECRET_KEY@|$key|; s|@ALLOWED_HOSTS@|$(printf '%s' "$HOSTS" | tr ' ' ',')|" \
            -e "s|@ORIGINS@|${origins%,}|; s|@OWNER@|$OWNER|; s|@STATE@|$STATE|g" \
            -e "s|@MEDIA@|$MEDIA|; s|@WORKERS@|$workers|; s|@PORT@|${port:+:$port}|" \
            "$HERE/newsroom.env" >"$SETTINGS.new"
        mv "$SETTINGS.new" "$SETTINGS"
    )
    say "  written: $SETTINGS (keep a copy of it apart from the backups)"
}

install_program() {
    say "Program"
    if [ -e "$CURRENT/.complete" ]; then
        is_right "version $(cat "$CURRENT/RELEASE") (update.sh brings another one)"
        return
    fi
    make_release "$(dirname "$HERE")" "$(name_of "$(dirname "$HERE")")"
    switch_to "$RELEASE"
}

# has_roles: whether the roles of the desk are in the database, which come after the tables.
has_roles() {
    [ -n "$(as_postgres psql -qtA -c 'SELECT 1 FROM auth_group LIMIT 1' "$OWNER")" ]
}

fill_database() {
    say "Tables, roles and the first account"
    if manage_in "$CURRENT" migrate --check >/dev/null 2>&1 && has_roles; then
        is_right "the tables and the roles"
    else
        manage_in "$CURRENT" migrate --verbosity 0
        manage_in "$CURRENT" loaddata roles --verbosity 0
        manage_in "$CURRENT" rebuild_lists --verbosity 0 >/dev/null
        manage_in "$CURRENT" rebuild_search --verbosity 0 >/dev/null
    fi
    manage_in "$CURRENT" create_administrator "$ADMINISTRATOR"
}

install_certificate() {
    say "Certificate"
    case $TLS in
        given)
            install -m 644 "$GIVEN_CERTIFICATE" "$CERTIFICATE"
            install -m 600 "$GIVEN_KEY" "$KEY" ;;
        '') ;;
        *) [ -e "$CERTIFICATE" ] || self_signed "$FIRST_HOST" ;;
    esac
    [ "$(openssl x509 -in "$CERTIFICATE" -noout -pubkey)" = "$(openssl pkey -in "$KEY" -pubout)" ] ||
        refuse "the key $KEY is not that of the certificate $CERTIFICATE."
    is_right "$CERTIFICATE, until $(openssl x509 -in "$CERTIFICATE" -noout -enddate | cut -d= -f2)"
}

start() {
    say "Start"
    systemctl daemon-reload
    systemctl restart systemd-journald
    systemctl enable --quiet postgresql nginx newsroom.socket newsroom.service
    systemctl start newsroom.socket newsroom.service
    for timer in $TIMERS; do systemctl enable --quiet --now "$timer.timer"; done
    systemctl reload-or-restart nginx
}

ask_certbot() {
    [ "$TLS" = certbot ] || return 0
    # shellcheck disable=SC2046,SC2086  # Two words for each host.
    certbot certonly --non-interactive --agree-tos --email "$MAIL" --webroot \
        --webroot-path "$CHALLENGES" --keep-until-expiring --cert-name "$FIRST_HOST" \
        --deploy-hook "systemctl reload nginx" $(printf -- '-d %s ' $HOSTS)
    ln -sf "/etc/letsencrypt/live/$FIRST_HOST/fullchain.pem" "$CERTIFICATE"
    ln -sf "/etc/letsencrypt/live/$FIRST_HOST/privkey.pem" "$KEY"
    systemctl reload nginx
}

first_backup() {
    [ -z "$(ls -A "$BACKUPS")" ] || return 0
    say "First backup, and a drill of its restore"
    for words in "backup $BACKUPS" "verify_backup $BACKUPS" "restore_backup $BACKUPS --drill"; do
        # shellcheck disable=SC2086  # A command and its words.
        manage_in "$CURRENT" $words --verbosity 0 || say "  it failed: newsroom $words"
    done
}

check_result() {
    say "Is all well?"
    manage_in "$CURRENT" check --deploy --database default
    manage_in "$CURRENT" doctor --verbosity 0 || say "  (the doctor says above what to do)"
    if [ "$START" = yes ]; then
        answers /health/ || refuse "the paper does not answer: journalctl -u newsroom -u nginx"
        say "The paper answers: https://$FIRST_HOST/ (the desk: https://$FIRST_HOST/admin/)"
    fi
    say "For security updates of the system: apt-get install unattended-upgrades"
}

read_arguments "$@"
check_arguments
check_machine
install_packages
make_places
make_database
write_settings
install_program
fill_database
install_certificate
write_units
if [ "$START" = yes ]; then
    start
    ask_certbot
fi
first_backup
check_result
