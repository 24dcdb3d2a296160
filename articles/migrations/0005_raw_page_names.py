from django.db import migrations, models

NAMES = {
    "brought_by": "uploaded_by",
    "brought_at": "uploaded_at",
    "first_reading": "parsed",
    "steps": "corrections",
    "done": "applied_count",
    "stored_at": "drafts_at",
}


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_plain_names")]

    operations = [
        *(
            migrations.RenameField(model_name="rawpage", old_name=old, new_name=new)
            for old, new in NAMES.items()
        ),
        migrations.RemoveConstraint(model_name="rawpage", name="a_text_once_a_page"),
        migrations.AddConstraint(
            model_name="rawpage",
            constraint=models.UniqueConstraint(
                fields=["page", "digest"], name="one_raw_page_per_text"
            ),
        ),
    ]
