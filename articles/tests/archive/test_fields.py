"""Every field of the models is in the archive, or has its reason why not."""

import pytest

from articles.archive.format import fields, printed_text
from articles.models import (
    Article,
    Byline,
    Caption,
    Column,
    Contributor,
    Issue,
    Masthead,
    Page,
    Photo,
)
from articles.tests.archive_records import TABLES

# Read by reader.py and written by writer.py without a table.
BY_NAME = {
    Issue: "issued_on edition",
    Page: "issue label",
    Article: "uid page position column dateline body tags bylines captions taggings",
    Byline: "article position contributor",
    Caption: "article position",
    Photo: "uid file",
    Column: "name",
    Contributor: "name distinction",
}
# Fields that are not archived, with the reason.
NOT_ARCHIVED = {
    Issue: {
        "released_at": "an import releases nothing unless it is asked to",
        "pages": "lines of their own",
        "releases preview_links": "records of the desk",
    },
    Page: {
        "articles raw_pages source_documents": "lines of their own, and records of the desk",
        "facsimile": "a file, which backups keep",
    },
    Article: {
        "zones": "places on a picture that is not in the archive",
        "status version created_at changed_at raw_page": "records of the desk",
        "revisions reviews corrections working_copies": "records of the desk",
        "source_documents findings notes": "records of the desk",
        "list_entries search_entry": "derived: made anew by commands",
        "discarded_at discarded_by": "an archive of what was printed has no bin",
    },
    Photo: {
        "width height": "read from the file",
        "sha256 perceptual_hash": "computed of the file",
        "hash_band_0 hash_band_1 hash_band_2 hash_band_3": "parts of the perceptual hash",
        "created_at": "when it came into this library",
        "captions": "parts of an article",
    },
    Column: {
        "description is_current": "the archive only names columns",
        "articles": "lines of their own",
    },
    Contributor: {
        "role is_organisation": "the archive only names contributors",
        "bylines photos": "parts of an article",
    },
    Masthead: {
        "valid_from name supervisor sponsor publisher cn_number postal_code price address hotline "
        "email complaints licence icp_number police_number about "
        "wordmark": "an archive holds issues only"
    },
}


@pytest.mark.parametrize("model", [*TABLES, Column, Contributor, Masthead])
def test_every_field_is_archived_or_has_a_reason_not_to_be(model):
    known = {"id", *BY_NAME.get(model, "").split()}
    known |= {model._meta.get_field(name).name for name in fields.names(TABLES.get(model, ()))}
    known |= {name for names in NOT_ARCHIVED.get(model, {}) for name in names.split()}
    found = {f.name for f in model._meta.get_fields()}
    missing = sorted(found - known)
    assert not missing, (
        f"{model.__name__}.{', '.join(missing)}: add it to articles/archive/format/fields.py, "
        "or why it is not archived to NOT_ARCHIVED in articles/tests/archive/test_fields.py"
    )
    assert known <= found, f"no field of {model.__name__}: {sorted(known - found)}"


@pytest.mark.parametrize("model", TABLES)
def test_the_default_of_a_field_is_that_of_its_model(model):
    """What an archive leaves out is stored as an editor would have left it."""
    for field in TABLES[model]:
        default = model._meta.get_field(field.name).get_default()
        assert field.is_empty(default), f"articles/archive/format/fields.py: {field.key}"


def test_an_opening_is_data_only_where_it_fits_the_columns():
    lengths = (printed_text.MAX_DATELINE, printed_text.MAX_ROLE, printed_text.MAX_NAME)
    columns = ((Article, "dateline"), (Byline, "role"), (Byline, "name"))
    assert lengths == tuple(model._meta.get_field(name).max_length for model, name in columns)
