from django.db import migrations

# pg_restore empties the search path, and the function that the index calls names another one.
PIN = "ALTER FUNCTION articles_search_terms(text) SET search_path FROM CURRENT"
UNPIN = "ALTER FUNCTION articles_search_terms(text) RESET search_path"


def pin_search_path(apps, schema_editor):
    """Let the function of the index find its own function wherever it is called."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(PIN)


def unpin_search_path(apps, schema_editor):
    """Let it look where its caller does."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(UNPIN)


class Migration(migrations.Migration):
    dependencies = [("articles", "0027_newest_corrections")]
    operations = [migrations.RunPython(pin_search_path, unpin_search_path, elidable=False)]
