#!/bin/sh
# Bring a new version while readers are served, and go back to the old one if its checks fail.
#
# update.sh FOLDER     the new version in a folder
# update.sh VERSION    a tag or commit, which git fetches into the folder of this script
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=deploy/steps.sh
. "$HERE/steps.sh"
export LC_ALL=C.UTF-8
KEPT_RELEASES=3 KEPT_STATIC_DAYS=30
PAGES_TO_TRY="/health/ / /archive/ /admin/login/"

check_machine() {
    [ "$(id -u)" -eq 0 ] || refuse "run this as root."
    [ -e "$CURRENT/.complete" ] || refuse "no paper is installed here; use install.sh first."
    OLD=$(readlink -f "$CURRENT")
    HOSTS=$(sed -n 's/^ALLOWED_HOSTS=//p' "$SETTINGS" | tr ',' ' ')
    FIRST_HOST=${HOSTS%% *}
}

find_version() {
    if [ -d "$1" ]; then
        SOURCE=$(cd "$1" && pwd)
        [ -f "$SOURCE/manage.py" ] || refuse "$1 holds no version of the paper (manage.py)."
        NAME=$(name_of "$SOURCE")
    else
        git -C "$HERE" fetch --quiet --tags || refuse "git cannot fetch the versions."
        git -C "$HERE" rev-parse --quiet --verify "$1^{commit}" >/dev/null ||
            refuse "there is no version or folder '$1'."
        SOURCE=$(mktemp -d)
        trap 'rm -rf "$SOURCE"' EXIT
        unpack "$HERE" "$1" "$SOURCE"
        NAME=$(git -C "$HERE" describe --tags --always "$1")
    fi
    [ "$PAPER/releases/$NAME" != "$OLD" ] || refuse "version $NAME is what is installed."
}

back_up() {
    say "Backup"
    manage_in "$OLD" backup "$BACKUPS" --verbosity 0 || refuse "without a backup nothing is changed."
}

migrate() {
    say "Tables and roles"
    NEW_MIGRATIONS=$(manage_in "$RELEASE" showmigrations --plan | sed -n 's/^\[ \]  //p')
    manage_in "$RELEASE" migrate --verbosity 0 || refuse "a migration failed; version $(cat \
        "$OLD/RELEASE") serves as before. $(words_on_migrations)"
    manage_in "$RELEASE" loaddata roles --verbosity 0
}

# words_on_migrations: what a way back means for the database.
words_on_migrations() {
    [ -n "$NEW_MIGRATIONS" ] || { say "The tables are as they were."; return; }
    say "The tables keep these migrations, which mostly add what the old version does not look at:"
    say "$NEW_MIGRATIONS"
    say "If the old version fails by them, take one back with: newsroom migrate articles NUMBER"
    say "(in $RELEASE), or restore the backup of a moment ago (docs/operating.md)."
}

# try_beside: let the new version answer on a socket of its own before anybody is led to it.
try_beside() {
    say "Trying the new version beside the old one"
    tried="$STATE/try.sock"
    rm -f "$tried"  # Of an update that was killed.
    manage_in "$RELEASE" check --deploy --database default >/dev/null || return 1
    (
        read_settings
        cd "$RELEASE"
        exec setpriv --reuid "$OWNER" --regid "$OWNER" --init-groups --inh-caps=-all \
            "$RELEASE/var/venv/bin/python" -B -m gunicorn newsroom.wsgi --workers 1 \
            --bind "unix:$tried" --worker-class gthread --no-control-socket
    ) >"$STATE/try.log" 2>&1 &
    trial=$!
    for _ in $(seq 60); do
        [ -S "$tried" ] || sleep 1
    done
    is_well=yes
    for path in $PAGES_TO_TRY; do
        curl --silent --show-error --fail --output /dev/null --max-time 60 \
            --unix-socket "$tried" --header "X-Forwarded-Proto: https" "http://$FIRST_HOST$path" || is_well=no
        [ $is_well = yes ] || break
    done
    kill "$trial" 2>/dev/null || true
    wait "$trial" 2>/dev/null || true
    rm -f "$tried"
    [ $is_well = yes ] || tail -n 20 "$STATE/try.log" >&2
    [ $is_well = yes ]
}

# lead_to RELEASE: let systemd, nginx and the workers take over a version.
lead_to() {
    runtime_before=$(runtime_of "$CURRENT")
    service=$(cat /etc/systemd/system/newsroom.service)
    switch_to "$1"
    write_units || return 1
    systemctl daemon-reload
    systemctl reload nginx || return 1
    if [ "$runtime_before" = "$(runtime_of "$1")" ] &&
        [ "$service" = "$(cat /etc/systemd/system/newsroom.service)" ]; then
        workers=$(workers_of)
        systemctl reload newsroom.service
        wait_for_workers "$workers"
    else
        # What a reload does not bring; requests wait at the socket for some seconds.
        systemctl restart newsroom.service
    fi
}

# runtime_of RELEASE: what the main process of gunicorn consists of.
runtime_of() {
    "$1/var/venv/bin/python" -c 'import gunicorn, sys; print(gunicorn.__version__, sys.version)'
}

# workers_of: the process ids of the workers, with a space after each.
workers_of() {
    main=$(systemctl show --property MainPID --value newsroom.service)
    cat "/proc/$main/task/$main/children" 2>/dev/null || true
}

# wait_for_workers PIDS: until none of these workers is left, and others are there.
wait_for_workers() {
    for _ in $(seq 120); do
        left=no
        now=$(workers_of)
        for worker in $1; do
            case " $now" in *" $worker "*) left=yes ;; esac
        done
        [ $left = no ] && [ -n "$now" ] && return 0
        sleep 1
    done
    return 1
}

is_well() {
    for path in $PAGES_TO_TRY; do answers "$path" || return 1; done
    doctor=0
    manage_in "$CURRENT" doctor --verbosity 0 || doctor=$?
    [ "$doctor" -le "$DOCTOR_BEFORE" ]
}

finish() {
    say "What is derived from articles and photos"
    for command in rebuild_lists rebuild_search hash_photos; do
        manage_in "$CURRENT" $command --verbosity 0 >/dev/null || say "  run again: newsroom $command"
    done
    manage_in "$CURRENT" process_imagefields --all >/dev/null ||
        say "  run again: newsroom process_imagefields --all"
}

# remove_old: versions but for the last ones, and static files that none of them has had for long.
remove_old() {
    # shellcheck disable=SC2012  # Names of versions hold no white space.
    for release in $(cd "$PAPER/releases" && ls -t | tail -n "+$((KEPT_RELEASES + 1))"); do
        case "$PAPER/releases/$release" in
            "$RELEASE" | "$OLD") ;;
            *) rm -rf "${PAPER:?}/releases/${release:?}" && say "  removed: version $release" ;;
        esac
    done
    for kept in "$PAPER"/releases/*; do share_static "$kept"; done
    find "$STATIC/static" -type f -ctime "+$KEPT_STATIC_DAYS" -delete
}

[ $# -eq 1 ] || refuse "name one folder or version: $0 FOLDER_OR_VERSION"
check_machine
find_version "$1"
DOCTOR_BEFORE=0
manage_in "$OLD" doctor --verbosity 0 >/dev/null || DOCTOR_BEFORE=$?
say "Version $NAME"
make_release "$SOURCE" "$NAME"
back_up
migrate
try_beside || refuse "version $NAME does not answer; $(cat "$OLD/RELEASE") serves as before." \
    "$(words_on_migrations)"
say "Leading readers to it"
if lead_to "$RELEASE" && is_well; then
    finish
    remove_old
    say "Version $NAME serves. The one before is $(cat "$OLD/RELEASE"): $0 $OLD"
else
    say "The checks failed: going back."
    lead_to "$OLD" || true
    refuse "version $NAME failed its checks; $(cat "$OLD/RELEASE") serves again." \
        "$(words_on_migrations)"
fi
