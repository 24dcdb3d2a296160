from django.db import migrations, models


class AddIndexBesideWriters(migrations.AddIndex):
    """Adds an index; on PostgreSQL without keeping anybody from writing meanwhile."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        options = {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.add_index(model, self.index, **options)


class Migration(migrations.Migration):
    # An index that is made beside writers cannot be made in a transaction.
    atomic = False
    dependencies = [("articles", "0026_public_changes")]

    operations = [
        AddIndexBesideWriters(
            model_name="correction",
            index=models.Index(fields=["-made_at", "-id"], name="corrections_newest"),
        ),
        AddIndexBesideWriters(
            model_name="review",
            index=models.Index(
                fields=["-made_at"], name="withdrawals", condition=models.Q(move="withdraw")
            ),
        ),
    ]
