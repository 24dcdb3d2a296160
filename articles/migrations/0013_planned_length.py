"""The planned length of a page, in characters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_members_points_and_notices")]

    operations = [
        migrations.AddField(
            model_name="page",
            name="planned_length",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="How many characters the page shall hold; the board counts against it.",
                null=True,
                verbose_name="planned length",
            ),
        ),
    ]
