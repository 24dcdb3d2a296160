from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("articles", "0028_search_function_path")]

    operations = [
        migrations.CreateModel(
            name='LoginCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('counted_at', models.DateTimeField(db_index=True)),
                ('blocked_until', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'log-in counter',
                'verbose_name_plural': 'log-in counters',
                'default_permissions': [],
            },
        ),
    ]
