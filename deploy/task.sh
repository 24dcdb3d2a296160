#!/bin/sh
# What timers do, as the paper's user and with its settings: task.sh NAME (deploy/systemd/).
set -eu
cd "$(dirname "$0")/.."
manage() { var/venv/bin/python -B manage.py "$@"; }

case ${1:-} in
    backup)
        manage backup "$BACKUPS" --keep 7d,4w,12m,30y
        manage verify_backup "$BACKUPS"
        ;;
    drill)
        manage verify_backup "$BACKUPS" --all
        manage restore_backup "$BACKUPS" --drill
        ;;
    doctor)
        is_well=yes
        manage doctor --verbosity 0 || is_well=no
        manage verify_ledger --signed || is_well=no
        [ $is_well = yes ]
        ;;
    tidy)
        manage clearsessions
        manage clean_media --dry-run
        ;;
    notices) manage send_notices ;;
    failure)
        journalctl --unit "newsroom-task@$2.service" --lines 60 --output cat --no-pager |
            manage tell_admins "$2"
        ;;
    *)
        echo "task.sh backup|drill|doctor|tidy|notices|failure NAME" >&2
        exit 2
        ;;
esac
