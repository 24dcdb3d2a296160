import articles.models.online.search_entry
import django.db.models.deletion
from django.db import migrations, models


SQLITE = """
CREATE VIRTUAL TABLE articles_searchpairs
    USING fts5(rest, head, names, facets, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE articles_searchcharacters
    USING fts5(t, content='', columnsize=0, detail=none, tokenize='ascii');
"""
# The terms of a text: its characters and pairs, those of the headline also after \x04, those of
# names also after \x05; facets after \x06. No text holds these characters. The cost of the function
# keeps the database from calculating it for every row.
POSTGRES = r"""
CREATE FUNCTION articles_search_pairs(paragraphs text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    c text[] := string_to_array(paragraphs, NULL);
BEGIN
    RETURN c || ARRAY(
        SELECT a || b FROM unnest(c, c[2:]) AS pair(a, b) WHERE a <> E'\x01' AND b <> E'\x01'
    );
END
$$;
CREATE FUNCTION articles_search_terms(entry text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100000 AS $$
DECLARE
    part text[] := string_to_array(entry, E'\x02');
    words text := part[1] || E'\x01' || part[2] || E'\x01' || part[4];
BEGIN
    RETURN articles_search_pairs(words)
        || ARRAY(SELECT E'\x04' || term FROM unnest(articles_search_pairs(part[1])) AS term)
        || ARRAY(SELECT E'\x05' || term FROM unnest(articles_search_pairs(part[2])) AS term)
        || ARRAY(SELECT E'\x06' || term FROM unnest(string_to_array(part[3], E'\x01')) AS term);
END
$$;
CREATE INDEX articles_search_index ON articles_searchentry
    USING gin ((articles_search_terms(text)) COLLATE "C");
ALTER TABLE articles_searchentry SET (toast_tuple_target = 128);
"""
UNDO = {
    "sqlite": "DROP TABLE articles_searchpairs; DROP TABLE articles_searchcharacters;",
    "postgresql": """
DROP INDEX articles_search_index;
DROP FUNCTION articles_search_terms(text);
DROP FUNCTION articles_search_pairs(text);
""",
}


def create_index(apps, schema_editor):
    """Create the index that the database has for texts."""
    _execute(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRES})


def drop_index(apps, schema_editor):
    """Drop it."""
    _execute(schema_editor, UNDO)


def _execute(schema_editor, by_vendor):
    script = by_vendor[schema_editor.connection.vendor]
    statements = [script] if schema_editor.connection.vendor == "postgresql" else script.split(";")
    for statement in filter(str.strip, statements):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_old_addresses")]

    operations = [
        migrations.CreateModel(
            name="SearchBuild",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
                ("is_complete", models.BooleanField(default=False)),
            ],
            options={"default_permissions": []},
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=2, unique=True)),
                ("place", models.PositiveIntegerField(unique=True)),
            ],
            options={"default_permissions": []},
        ),
        migrations.CreateModel(
            name="SearchYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("total", models.PositiveIntegerField(default=0)),
                ("counts", models.BinaryField()),
            ],
            options={"default_permissions": []},
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("number", models.BigIntegerField(unique=True)),
                ("is_listed", models.BooleanField(default=False)),
                ("text", articles.models.online.search_entry.StoredText()),
            ],
            options={
                "default_permissions": [],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_listed", False)),
                        fields=["number"],
                        name="unlisted_search_entries",
                    )
                ]
            },
        ),
        migrations.RunPython(create_index, drop_index),
    ]
