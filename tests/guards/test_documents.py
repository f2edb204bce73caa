"""Settings, permissions, errors, audit tags, jobs and calls stand in the documents, up to date."""

import pytest

from api import settings
from api.permissions import Permission
from tests.guards import document

FILES = sorted(document.DOCS.rglob("*.md"))


def test_every_section_stands_in_a_document() -> None:
    missing = set(document.SECTIONS) - document.asked_for(file.read_text() for file in FILES)
    assert not missing, f"put the markers of {sorted(missing)} into a document"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_document_is_stale(file: object) -> None:
    text = file.read_text()  # type: ignore[attr-defined]
    assert document.written_anew(text) == text, "run: python -m tests.guards.document --write"


@pytest.mark.parametrize("name", sorted(document.SECTIONS))
def test_a_stale_section_is_seen(name: str) -> None:
    stale = f"# A\n<!-- generated: {name} -->\nold\n<!-- end generated -->\nrest\n"
    fresh = document.written_anew(stale)
    assert fresh != stale
    assert document.written_anew(fresh) == fresh
    assert fresh.startswith("# A\n") and fresh.endswith("rest\n")


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(KeyError):
        document.written_anew("<!-- generated: nothing -->\n<!-- end generated -->")


def test_the_tables_are_whole() -> None:
    assert all(f"`{permission}`" in document.permissions() for permission in Permission)
    assert all(f"`{setting.name}`" in document.settings() for setting in settings.TABLE)
    assert "`account` | `phone` | phone | by blind index" in document.personal_columns()
