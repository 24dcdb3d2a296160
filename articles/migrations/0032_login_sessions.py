import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def copy_sessions(apps, schema_editor):
    """Copy the sessions of before, so that nobody is logged out; whose they are is noted later."""
    rows = apps.get_model("sessions", "Session").objects.values_list()
    session = apps.get_model("articles", "LoginSession")
    copies = (session(pk=key, session_data=data, expire_date=end) for key, data, end in rows)
    session.objects.bulk_create(copies, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0031_ledger'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LoginSession',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('began_at', models.DateTimeField(null=True, verbose_name='began')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='last used')),
                ('browser', models.CharField(blank=True, max_length=60, verbose_name='browser')),
                ('address', models.CharField(blank=True, max_length=45, verbose_name='address')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='login_sessions', to=settings.AUTH_USER_MODEL, verbose_name='member')),
            ],
            options={
                'verbose_name': 'log-in session',
                'verbose_name_plural': 'log-in sessions',
                'abstract': False,
                'default_permissions': [],
            },
        ),
        migrations.RunPython(copy_sessions, migrations.RunPython.noop),
    ]
