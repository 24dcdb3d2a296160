from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

NEEDS_NOTE = ("return", "spike", "withdraw", "correct")
ON_A_PAGE = Q(page__isnull=False, position__isnull=False)
ON_NO_PAGE = Q(page__isnull=True, position__isnull=True)


def rename(model, old, new, kind, **options):
    """Return the operations that give a constraint another name: Django has none for that."""
    return [
        migrations.RemoveConstraint(model_name=model, name=old),
        migrations.AddConstraint(model_name=model, constraint=kind(name=new, **options)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("articles", "0003_release_by_the_operator"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="workingcopy", name="one_copy_a_window"),
        migrations.RenameField(model_name="workingcopy", old_name="window", new_name="editor_id"),
        migrations.AddConstraint(
            model_name="workingcopy",
            constraint=models.UniqueConstraint(
                fields=["member", "editor_id"], name="one_working_copy_per_editor_id"
            ),
        ),
        migrations.RenameField(model_name="article", old_name="read_from", new_name="raw_page"),
        *rename(
            "article",
            "one_article_a_place",
            "one_article_per_position",
            models.UniqueConstraint,
            fields=["page", "position"],
        ),
        *rename(
            "article",
            "a_place_has_page_and_position",
            "page_and_position_together",
            models.CheckConstraint,
            condition=ON_NO_PAGE | ON_A_PAGE,
        ),
        *rename(
            "tagging",
            "a_tag_once_an_article",
            "one_tagging_per_tag",
            models.UniqueConstraint,
            fields=["content_object", "tag"],
        ),
        *rename(
            "review",
            "reviews_say_why",
            "note_required",
            models.CheckConstraint,
            condition=~Q(move__in=NEEDS_NOTE) | ~Q(note=""),
        ),
    ]
