from collections import deque

from django.db import migrations

from articles.ledger.taking_in import take_in


def take_rows_in(apps, schema_editor):
    """Enter the revisions, reviews, releases and corrections that there are, in batches.

    What was interrupted goes on where it was; rows that an older version stores meanwhile are
    taken in by `manage.py verify_ledger --take-in`.
    """
    deque(take_in(apps), maxlen=0)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "0032_login_sessions")]
    operations = [migrations.RunPython(take_rows_in, migrations.RunPython.noop, elidable=False)]
