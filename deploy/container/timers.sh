#!/bin/sh
# Do what is due, minute by minute, by the clock of TZ; systemd does it on a machine.
set -u
run() {
    sh deploy/task.sh "$1" >"/tmp/$1.log" 2>&1 && return
    cat "/tmp/$1.log" >&2
    var/venv/bin/python manage.py tell_admins "$1" <"/tmp/$1.log"
}

while sleep $((60 - $(date +%s) % 60)); do
    run notices &
    case $(date +%d-%H%M) in
        *-0300) run backup & ;;
        *-0430) run tidy & ;;
        02-0500) run drill & ;;
        *-0700) run doctor & ;;
    esac
done
