from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_raw_page_names")]

    operations = [
        # SQLite sorted every issue that this index found, where that of dates has them in order.
        migrations.AlterField(
            "issue",
            "released_at",
            models.DateTimeField("released at", blank=True, editable=False, null=True),
        ),
    ]
