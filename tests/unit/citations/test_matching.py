"""Which document a reference of another program is about; nothing is matched that is not sure."""

from __future__ import annotations

from aligner.citations.incoming import ForeignReference
from aligner.citations.matching import CitedDocument, match_references
from aligner.model import Record

DOCUMENTS = [
    CitedDocument("a", Record("Déclaration commune du 9 mai", url="https://www.x.org/a/", doi="10.1/AB"), (), "a.txt"),
    CitedDocument("b", Record(), ("Rapport annuel 2019",), "b.pdf"),
    CitedDocument("c", Record(), ("Rapport annuel 2020",), "c.txt"),
]


def found(record: Record, key: str = "", *files: str) -> tuple[str, str]:
    [matched] = match_references([ForeignReference(key, record, files)], DOCUMENTS)
    return matched.document, matched.by


def test_by_what_a_reference_is_matched() -> None:
    assert found(Record("?", url="http://x.org/a")) == ("a", "address")
    assert found(Record("?", doi="https://doi.org/10.1/ab")) == ("a", "DOI")
    assert found(Record("?"), "b") == ("b", "id")
    assert found(Record("?"), "k", "B.PDF") == ("b", "file")
    assert found(Record("Declaration commune du 9 mai.")) == ("a", "title")


def test_what_is_not_sure_is_not_matched() -> None:
    assert found(Record("Autre chose")) == ("", "")
    assert found(Record("")) == ("", "")
    [matched] = match_references([ForeignReference("k", Record("Rapport annuel 2018"))], DOCUMENTS)
    assert (matched.document, set(matched.nearest)) == ("", {"b", "c"})
