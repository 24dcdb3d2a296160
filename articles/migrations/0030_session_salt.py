from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("articles", "0029_login_counters")]

    operations = [
        migrations.AlterModelManagers(name='member', managers=[]),
        migrations.AddField(
            model_name='member',
            name='session_salt',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=12),
        ),
    ]
