"""Glossaries from tables: what is read, what is refused and where."""

from __future__ import annotations

import pytest

from aligner.errors import InputError
from aligner.terms import Row, Term, TermStatus, gather, parse_table


def read(text: str, separator: str = "\t") -> tuple[Term, ...]:
    return parse_table(text, separator=separator, name="g").terms


def test_columns_by_name_in_any_order() -> None:
    text = "note\tTarget\tSource\tdomain\tSTATUS\n"
    text += "x\tSecurity Council\tConseil de sécurité\tUN\t\n\tboard\tConseil de sécurité\t\tForbidden\n"
    assert read(text) == (
        Term("Conseil de sécurité", ("Security Council",), forbidden=("board",), notes=(("Security Council", "x"),)),
    )


def test_without_names_a_third_cell_is_a_note_as_in_omegat(caplog: pytest.LogCaptureFixture) -> None:
    assert read("# ours\n\naligneur\taligner\talignment tool\n") == (
        Term("aligneur", ("aligner",), notes=(("aligner", "alignment tool"),)),
    )
    assert "the third column was read as notes" in caplog.text


def test_csv_with_commas_semicolons_and_quotes() -> None:
    wanted = (Term("a, b", ("c; d",)),)
    assert read('fr,en\n"a, b",c; d\n', ",") == wanted
    assert read('fr;en;note\n"a, b";"c; d";\n', ",") == wanted


def test_a_cell_may_have_several_lines_in_csv_and_quotes_in_tsv() -> None:
    assert read('fr,en\n"Nations\nunies",UN\n', ",") == (Term("Nations unies", ("UN",)),)
    assert read('fr\ten\n"a, ""b"""\t"c" and "d"\n') == (Term('a, "b"', ('"c" and "d"',)),)


def test_the_separator_may_be_told_as_excel_wants_it() -> None:
    assert read("sep=;\r\nsource;target\r\na, b;c, d, e\r\n", ",") == (Term("a, b", ("c, d, e",)),)


@pytest.mark.parametrize(
    ("header", "pair"), [("fr\ten", ("fr", "en")), ("EN\tFR", ("fr", "en")), ("fr-CA\tde", ("fr-CA", "de"))]
)
def test_columns_called_by_their_languages(header: str, pair: tuple[str, str]) -> None:
    cells = {pair[0].lower(): "Rat", pair[1].lower(): "council"}
    text = f"{header}\n" + "\t".join(cells[name.lower()] for name in header.split("\t")) + "\n"
    glossary = parse_table(text, separator="\t", name="g", source=pair[0], target=pair[1])
    assert glossary.terms == (Term("Rat", ("council",)),)


def test_french_names_of_columns_and_statuses() -> None:
    text = "Terme français\tTerme anglais\tStatut\tRemarque\n"
    text += "visa\tvisa\tprivilégié\tx\nvisa\tstamp\tAdmise\t\nvisa\tpermit\tproscrit\t\n"
    assert read(text) == (Term("visa", ("visa",), ("stamp",), ("permit",), (("visa", "x"),)),)
    assert read("source,cible,état\na,b,interdit\n", ",") == (Term("a", forbidden=("b",)),)
    assert read("Terme français\tTerme anglais\na\tb\n") == read("terme\ttraduction\na\tb\n") == (Term("a", ("b",)),)


def test_what_is_only_proposed_is_not_used(caplog: pytest.LogCaptureFixture) -> None:
    text = "source\ttarget\tstatus\na\tb\tproposed\na\tc\t\nd\te\tProposée\nf\tg\tcandidate\n"
    assert read(text) == (Term("a", ("c",)),)
    message = "g: 3 renderings not used: only proposed, not preferred or admitted"
    assert [record.getMessage() for record in caplog.records] == [message]


def test_a_column_that_is_passed_over_is_named(caplog: pytest.LogCaptureFixture) -> None:
    assert read("source\ttarget\tetat civil\t\na\tb\tinterdit\t\n") == (Term("a", ("b",)),)
    assert [record.getMessage() for record in caplog.records] == ["g, line 1: the column “etat civil” is passed over"]
    caplog.clear()
    read("fr\ten\tstatus\tnote\na\tb\t\t\n")
    assert not caplog.records


def test_byte_order_mark_and_crlf() -> None:
    assert read("\ufeffsource\ttarget\r\na\tb\r\n") == (Term("a", ("b",)),)


def test_a_sign_may_be_a_term() -> None:
    assert read("§\tsection\nn°\tNo.\n%\tper cent\n") == (
        Term("§", ("section",)),
        Term("n°", ("No.",)),
        Term("%", ("per cent",)),
    )


def test_an_empty_file_is_an_empty_glossary() -> None:
    assert read("") == ()
    assert read("source\ttarget\n") == ()


@pytest.mark.parametrize(
    ("text", "separator", "message"),
    [
        ("alone\n", "\t", "g, line 1: a term and its translation"),
        ("source\ttarget\n\tb\n", "\t", "g, line 2: a term and its translation"),
        ("source\ttarget\n…\tb\n", "\t", "g, line 2: “…” is not a term: punctuation alone"),
        ("source\ttarget\na\t'-'\n", "\t", "g, line 2: “'-'” is not a term"),
        ("source\ttarget\tstatus\na\tb\twrong\n", "\t", "g, line 2: unknown status 'wrong'"),
        ("a\t" + "b" * 501, "\t", "more than 500 characters"),
        ('a,"b', ",", "g, line 1: this is not CSV"),
        ("source\tfoo\tstatus\na\tb\tforbidden\n", "\t", "g, line 1: there is no column called target"),
        ("fr\ten\tsource\na\tb\tc\n", "\t", "g, line 1: two columns for the source: fr and source"),
        ("foo\tbar\tbaz\na\tb\tforbidden\n", "\t", "g, line 2: a status in a table whose columns have no names"),
        ("source\ttarget\tstatus\na\tb\t\na\tb\tforbidden\n", "\t", "g: “b” is both allowed and forbidden"),
    ],
)
def test_what_is_refused(text: str, separator: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text, separator)
    assert message in str(caught.value)


def test_the_fingerprint_knows_renderings_and_not_notes() -> None:
    one = gather([Row("a", "b", note="x")])
    assert one.fingerprint == gather([Row("a", "b", note="y")]).fingerprint
    assert one.fingerprint != gather([Row("a", "b", TermStatus.ADMITTED)]).fingerprint
    assert one.signature.startswith("glossary:1 terms ")


def test_notes_stay_with_their_renderings() -> None:
    rows = [
        Row("a", "b", note="x"),
        Row("a", "c", TermStatus.ADMITTED, "y"),
        Row("a", "b", note="z"),
        Row("a", "b", note="x"),
    ]
    (term,) = gather(rows).terms
    assert (term.note("b"), term.note("c"), term.note("b", "c"), term.note("d")) == ("x; z", "y", "x; y; z", "")


def test_terms_have_two_sides() -> None:
    for arguments in (("", ("b",)), ("a", ()), ("a", (" ",))):
        with pytest.raises(ValueError, match="both sides"):
            Term(*arguments)


MEMOQ = (
    "Entry_ID,Entry_Note,French_France,Term_Info,French_France,Term_Info,English_United_States,Term_Info,"
    "English_United_States,Term_Info\n"
    "7,droit,bail,CasePermissive,contrat de bail,,lease,CasePermissive;HalfPrefix,letting,HalfPrefix;Forbidden\n"
)


def test_tables_of_memoq(caplog: pytest.LogCaptureFixture) -> None:
    notes = (("lease", "droit"), ("letting", "droit"))
    assert read(MEMOQ, ",") == (
        Term("bail", ("lease",), forbidden=("letting",), notes=notes),
        Term("contrat de bail", ("lease",), forbidden=("letting",), notes=notes),
    )
    assert "the column “Entry_ID” is passed over" in caplog.text


@pytest.mark.parametrize(
    "header",
    ["fr-FR,en-GB,pos", "Term source,Target term,pos", "French_Term,English_Term,pos", "Français,Anglais,domaine",
     "French (France),English (UK),pos", "Terme,Traduction anglaise,genre", "Source (fr),Target (en),definition"],
)  # fmt: skip
def test_headings_in_any_usual_form(header: str) -> None:
    assert read(f"{header}\nbail,lease,noun\n", ",") == (Term("bail", ("lease",)),)


def test_the_four_columns_of_deepl(caplog: pytest.LogCaptureFixture) -> None:
    text = "bail,lease,fr,en\nrent,loyer,EN-GB,FR\nbail,Pacht,fr,de\n"
    assert read(text, ",") == (Term("bail", ("lease",)), Term("loyer", ("rent",)))
    assert "only fr–en is taken, not fr–de" in caplog.text


def test_several_renderings_in_one_cell(caplog: pytest.LogCaptureFixture) -> None:
    text = "source,target\nbail,lease | tenancy agreement\nclé / clef,key\n"
    assert read(text, ",") == (Term("bail", ("lease",), ("tenancy agreement",)), Term("clé / clef", ("key",)))
    assert "g, line 2: several terms with “|” between them were taken one by one" in caplog.text
    assert "g, line 3: “/” or “;” in a term is part of it" in caplog.text


def test_a_term_without_a_translation_is_not_used_and_that_is_said(caplog: pytest.LogCaptureFixture) -> None:
    assert read("source,target,note\nbail,lease,\ngrange,,à définir\n", ",") == (Term("bail", ("lease",)),)
    assert "g, line 3: a term without a translation is not used" in caplog.text


def test_a_first_line_that_looks_like_names_is_said(caplog: pytest.LogCaptureFixture) -> None:
    assert read("Begriff\tTerm\nbail\tlease\n")[0].source == "Begriff"
    assert "g, line 1: “Term” looks like a name of a column, and was read as a term" in caplog.text


def test_columns_without_names_are_not_guessed() -> None:
    with pytest.raises(InputError, match="a table of 3 columns without names: what the last holds is not known"):
        read("bail,lease,contrat de location\n", ",")
    with pytest.raises(InputError, match="a table of 4 columns without names"):
        read("bail\tlease\ttenancy\trent\n")


def test_a_title_above_the_names_is_no_term() -> None:
    assert read("Glossaire du bail\n\nfr;en\nbail;lease\n", ",") == (Term("bail", ("lease",)),)


def test_of_several_statuses_that_of_the_target_counts() -> None:
    header = "French,French status,English,English status"
    assert read(f"{header}\nbail,approved,letting,deprecated\n", ",") == (Term("bail", forbidden=("letting",)),)
