"""Reviewing in a page opened from disk: judging, writing, notes, shapes, undo; kept, saved, and never lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligner.checks import check
from aligner.editing import apply_edits, parse_edit
from aligner.model import Bitext, wording
from aligner.pages import page_data

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
WAIT = "text => document.querySelector('.toast').value.includes(text)"


def statuses(visited: Any) -> dict[str, str]:
    found: dict[str, str] = visited.page.evaluate(
        "Object.fromEntries(review.data.beads.map(bead => [bitext.locator(bead), bead.status]))"
    )
    return found


def write(visited: Any, text: str, *, end: str = "Enter") -> None:
    """Replace what stands in the open editor."""
    visited.page.fill(".editor textarea", text)
    visited.keys(end)


def test_accepting_and_rejecting_go_on_to_the_next_draft(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    visited.keys("j", "a", "r", "a")
    assert statuses(visited) == {
        "1.1": "draft", "2.1": "accepted", "3.1": "accepted", "4.1": "rejected", "t5.1": "rejected",
        "6.1": "accepted", "7.1": "edited",
    }  # fmt: skip
    assert [edit["bead"] for edit in visited.edits()] == ["2.1", "4.1", "6.1"]
    text = "Summer has come to us all."
    assert visited.edits()[0]["before"] == {
        "target": text, "status": "draft", "written": wording(text), "maker": "translate-fr_en 0.5 3f0c3f0c3f0c3f0c",
    }  # fmt: skip
    assert visited.page.locator("[data-part=reviewed]").inner_text() == "6 of 6 reviewed"
    assert visited.figure("reviewed") == "6 of 6"
    assert visited.page.locator("id=6.1").locator(".status").inner_text() == "accepted"
    assert visited.complaints == []


def test_what_went_out_stays_with_a_bead_that_is_edited_twice(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#2.1")
    for text in ("Summer has come.", "Summer came."):
        visited.keys("e")
        write(visited, text)
    befores = [edit["before"] for edit in visited.edits()]
    assert [before["target"] for before in befores] == ["Summer has come to us all.", "Summer has come."]
    assert {before["written"] for before in befores} == {wording("Summer has come to us all.")}
    assert {before["maker"] for before in befores} == {"translate-fr_en 0.5 3f0c3f0c3f0c3f0c"}
    said = visited.page.locator("id=2.1").locator(".ref").get_attribute("title")
    assert said.startswith("edited · human · alignment 97% · changed")  # no quality is expected of a person's text


def test_the_same_judgement_again_takes_it_back(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#3.1")
    visited.keys("a")
    assert statuses(visited)["3.1"] == "draft"
    visited.page.get_by_role("button", name="Accept").click()
    assert statuses(visited)["3.1"] == "accepted"
    visited.page.evaluate("current.go(rows.element('3.1'))")
    assert visited.page.get_by_role("button", name="Accept").get_attribute("aria-pressed") == "true"


def test_writing_shows_the_changes_as_they_come_about(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#6.1")
    visited.keys("e")
    area = visited.page.locator(".editor textarea")
    assert area.input_value() == "Peace reigns."
    assert area.get_attribute("lang") == "en"
    area.press("Home")
    visited.page.keyboard.type("At last ")
    assert visited.page.locator(".live ins").all_inner_texts() == ["At last "]
    visited.page.fill(".editor textarea", "Peace\n  rules. ")
    assert visited.page.locator(".live del").all_inner_texts() == ["reigns"]
    visited.keys("Enter")
    row = visited.page.locator("id=6.1")
    assert (row.locator("del").inner_text(), row.locator("ins").inner_text()) == ("reigns", "rules")
    assert row.locator(".state").inner_text() == "edited"
    (edit,) = visited.edits()
    assert (edit["op"], edit["bead"], edit["text"]) == ("text", "6.1", "Peace   rules.".replace("   ", " "))
    assert visited.current() == "6.1"
    assert visited.complaints == []


def test_saving_and_going_on_and_the_machine_text(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#2.1")
    visited.keys("Enter")
    visited.page.get_by_role("button", name="Machine text").click()
    visited.keys("Control+Enter")
    assert visited.english()["2.1"] == "Summer is there to us all."
    assert not visited.page.locator("id=2.1").locator("ins, del").count()
    assert visited.current() == "4.1"


def test_a_text_can_be_taken_away_and_written_where_there_was_none(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#4.1")
    visited.keys("e")
    write(visited, "Nobody answers.")
    assert visited.page.locator("id=4.1").locator(".target .text").inner_text() == "Nobody answers."
    assert not visited.page.locator("id=4.1").locator(".type").count()
    visited.keys("j", "j", "e")
    write(visited, "")
    assert visited.page.locator("id=6.1").locator(".missing").inner_text() == "nothing in the English"


def test_notes_are_written_shown_and_removed(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#3.1")
    visited.keys("n")
    write(visited, "  Is it <b>one</b> sentence?  ")
    row = visited.page.locator("id=3.1")
    assert row.locator(".note bdi").inner_text() == "Is it <b>one</b> sentence?"
    visited.keys("n")
    assert visited.page.locator(".editor textarea").input_value() == "Is it <b>one</b> sentence?"
    write(visited, "")
    assert not row.locator(".note").count()
    assert [edit["note"] for edit in visited.edits()] == ["Is it <b>one</b> sentence?", ""]
    assert statuses(visited)["3.1"] == "accepted"


def test_escape_leaves_the_text_as_it_was_and_keeps_the_words(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#6.1")
    visited.keys("e")
    write(visited, "Something long and clever.", end="Escape")
    assert visited.english()["6.1"] == "Peace reigns."
    assert visited.page.locator("id=6.1").locator(".target .text").is_visible()
    visited.keys("e")
    assert visited.page.locator(".editor textarea").input_value() == "Something long and clever."


def test_opening_another_editor_puts_the_words_away(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#6.1")
    visited.keys("e")
    visited.page.fill(".editor textarea", "Half a thought")
    visited.page.locator("id=7.1").locator(".target").dblclick()
    assert visited.page.locator(".editor textarea").input_value() == "He leaves."
    visited.keys("Escape", "k", "e")
    assert visited.page.locator(".editor textarea").input_value() == "Half a thought"


def test_accepting_while_writing_is_no_contradiction(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#6.1")
    visited.keys("e")
    visited.page.fill(".editor textarea", "Peace is here.")
    visited.page.evaluate("dom.one('input[name=advance]').click()")
    visited.page.get_by_role("button", name="Accept").click()
    visited.page.locator(".editor textarea").press("Enter")
    assert visited.english()["6.1"] == "Peace is here."
    assert [edit["before"]["status"] for edit in visited.edits()] == ["draft", "accepted"]
    assert visited.page.evaluate("review.conflicts") == []


def test_what_is_being_written_survives_a_reload(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#6.1")
    visited.keys("e")
    visited.page.fill(".editor textarea", "Half a sen")
    visited.reload()
    assert visited.page.locator(".editor textarea").input_value() == "Half a sen"
    assert visited.current() == "6.1"
    visited.keys("Enter")
    assert visited.english()["6.1"] == "Half a sen"


def test_merging_joins_with_the_next_bead(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#2.1")
    visited.keys("m")
    assert visited.shown() == ["2.1", "4.1", "t5.1", "6.1", "7.1"]
    row = visited.page.locator("id=2.1")
    assert row.locator(".type").inner_text() == "3–2"
    assert row.locator(".source .n").all_inner_texts() == ["2.1", "3.1", "3.2"]
    assert visited.page.locator("#shape-3-2 circle").count() == 5
    assert visited.current() == "2.1"
    assert visited.figure("pairs") == "5"


def test_what_cannot_be_merged_says_why(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#7.1")
    visited.keys("m")
    visited.page.wait_for_function(WAIT, arg="Nothing follows")
    visited.page.evaluate("current.go(rows.element('1.1'))")
    visited.keys("m")
    visited.page.wait_for_function(WAIT, arg="boilerplate")
    assert visited.edits() == []


def test_splitting_two_segments_needs_no_question(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#6.1")
    visited.keys("s")
    assert visited.shown() == ["2.1", "3.1", "4.1", "t5.1", "6.1", "t6.1", "7.1"]
    assert visited.page.locator("id=t6.1").locator(".target .text").inner_text() == "Peace reigns."
    visited.keys("u")
    assert visited.shown() == ["2.1", "3.1", "4.1", "t5.1", "6.1", "7.1"]


def test_splitting_more_asks_where_and_shows_what_comes_of_it(visit: Open, shapes: Bitext) -> None:
    visited = visit(shapes, anchor="#3.1")
    visited.keys("s")
    page = visited.page
    dialog = page.get_by_role("dialog", name="Split 3.1")
    assert dialog.locator(".half").count() == 2
    dialog.get_by_label("after 3.1").first.focus()
    visited.keys("ArrowDown")
    dialog.get_by_label("after 3.3").check()
    assert dialog.locator(".half p").all_inner_texts() == ["3.1A. 3.2B.", "3.1D. 3.2E. 3.3F.", "3.3C.", "3.4G."]
    visited.keys("Enter")
    assert not dialog.is_visible()
    (edit,) = visited.edits()
    assert (edit["op"], edit["source"], edit["target"]) == ("split", 2, 3)
    assert page.locator("id=3.3").locator(".target .text").inner_text() == "G."
    assert visited.current() == "3.1"


def test_a_split_that_leaves_nothing_cannot_be_made(visit: Open, shapes: Bitext) -> None:
    visited = visit(shapes, anchor="#3.1")
    visited.keys("s")
    for choice in visited.page.get_by_label("nothing above").all():
        choice.check()
    assert visited.page.get_by_role("button", name="Split", exact=True).last.is_disabled()
    visited.keys("Escape")
    assert visited.edits() == []
    visited.page.evaluate("current.go(rows.element('5.1'))")
    visited.keys("s")
    visited.page.wait_for_function(WAIT, arg="cannot be split")


def test_moving_gives_a_segment_to_a_neighbour(visit: Open, shapes: Bitext) -> None:
    visited = visit(shapes, anchor="#2.1")
    visited.keys("v")
    dialog = visited.page.get_by_role("dialog", name="Move a segment of 2.1")
    assert [text.split("\n")[1] for text in dialog.locator(".offer").all_inner_texts()] == [
        "French 2.1 to pair 1.1", "French 2.1 to pair 3.1", "English 2.1 to pair 1.1", "English 2.2 to pair 3.1",
    ]  # fmt: skip
    visited.keys("ArrowUp", "Enter")
    assert visited.english()["2.1"] == "Three,"
    assert visited.english()["3.1"] == "and more. D. E. F. G."
    visited.keys("v", "Enter")
    assert "2.1" not in visited.english()
    assert visited.page.evaluate("bitext.source(review.data.beads[0])") == "Un. Deux. Trois."


def test_everything_can_be_undone_and_done_again(visit: Open, shapes: Bitext) -> None:
    def state() -> tuple[Any, list[str]]:
        visited.page.evaluate("current.stand(null)")
        return visited.page.evaluate("review.data.beads"), visited.page.locator(".bead").all_text_contents()

    visited = visit(shapes)
    undo, redo = (visited.page.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    assert (undo.is_enabled(), redo.is_enabled()) == (False, False)
    start = state()
    visited.keys("j", "m", "n")
    write(visited, "why")
    visited.keys("j", "e")
    write(visited, "Else.")
    done = state()
    assert len(visited.edits()) == 3
    assert (undo.is_enabled(), redo.is_enabled()) == (True, False)
    visited.keys("u", "Control+z", "u")
    assert (undo.is_enabled(), redo.is_enabled()) == (False, True)
    assert state() == start
    visited.keys("u")
    visited.page.wait_for_function(WAIT, arg="nothing to undo")
    visited.keys("U", "Control+Shift+z", "U")
    assert visited.current() == "3.1"
    assert state() == done
    visited.keys("U")
    visited.page.wait_for_function(WAIT, arg="nothing to redo")
    assert visited.complaints == []


def test_a_reload_brings_the_edits_back(visit: Open, reading: Bitext) -> None:
    visited = visit(reading, anchor="#2.1")
    visited.keys("a", "a", "u")
    before = visited.edits()
    visited.reload()
    assert visited.edits() == before
    assert statuses(visited)["2.1"] == "accepted"
    visited.keys("U")
    assert statuses(visited)["4.1"] == "accepted"


def test_leaving_with_unsaved_edits_is_asked_about(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    asked = """() => {
        const event = new Event("beforeunload", { cancelable: true });
        dispatchEvent(event);
        return event.defaultPrevented;
    }"""
    assert not visited.page.evaluate(asked)
    visited.keys("j", "a")
    assert visited.page.evaluate(asked)
    visited.save_edits()
    assert not visited.page.evaluate(asked)
    assert visited.page.locator("[data-part=state]").inner_text() == "1 edit, saved as a file"


def test_the_saved_file_does_to_the_bitext_what_the_page_showed(visit: Open, shapes: Bitext, tmp_path: Path) -> None:
    visited = visit(shapes, anchor="#1.1")
    visited.page.evaluate("help.showPopover()")
    visited.page.get_by_label("Your name, kept").fill("Ana")
    visited.keys("Tab", "Escape")
    visited.keys("m", "n")
    write(visited, "Good?")
    visited.keys("a")
    visited.page.evaluate("current.go(rows.element('3.1'))")
    visited.keys("s", "Enter")
    visited.page.evaluate("current.go(rows.element('t6.1'))")
    visited.keys("v", "Enter", "j", "e")
    write(visited, "The end.")
    visited.keys("r")
    download = visited.save_edits()
    assert download.suggested_filename == "page.edits.json"
    saved = json.loads(Path(download.path()).read_text("utf-8"))
    assert {name: saved[name] for name in ("aligner-edits", "document", "languages", "base", "version", "by")} == {
        "aligner-edits": 1, "document": "page", "languages": ["fr", "en"], "base": "", "version": "1", "by": "Ana",
    }  # fmt: skip
    applied = apply_edits(*shapes_and_text(shapes), [parse_edit(edit) for edit in saved["edits"]], by="Ana", now="")
    assert applied.conflicts == ()
    there = visited.page.evaluate("data => bitext.unpack(data).beads", page_data(applied.bitext))
    here = visited.page.evaluate("review.data.beads")
    for one, other in zip(here, there, strict=True):
        for name in ("source", "status", "note", "origin", "kind", "changed"):
            assert one[name] == other[name], name
        assert [text for _, text, *_ in one["target"]] == [text for _, text, *_ in other["target"]]


def shapes_and_text(bitext: Bitext) -> tuple[Bitext, str]:
    """The bitext with the English text that its offsets are about."""
    text = ""
    for segment in bitext.target.segments:
        text = text.ljust(segment.start) + segment.text
    return bitext, text + "\n"


def test_two_tabs_see_each_other(visit: Open, reading: Bitext) -> None:
    first = visit(reading, anchor="#2.1")
    second = first.twin()
    first.keys("a")
    second.page.wait_for_function("() => review.pending.length === 1")
    assert statuses(second)["2.1"] == "accepted"
    second.page.evaluate("current.go(rows.element('6.1'))")
    second.keys("r")
    first.page.wait_for_function("() => review.pending.length === 2")
    assert statuses(first)["6.1"] == "rejected"
    first.keys("u")
    second.page.wait_for_function("() => review.pending.length === 1")


def test_words_written_while_another_tab_changed_the_bead_are_shown_not_lost(visit: Open, reading: Bitext) -> None:
    first = visit(reading, anchor="#6.1")
    second = first.twin()
    first.keys("e")
    first.page.fill(".editor textarea", "Peace is here.")
    second.page.evaluate("current.go(rows.element('6.1'))")
    second.keys("e")
    write(second, "Peace came.")
    first.page.wait_for_selector(".meanwhile:not(:empty)")
    assert first.page.locator(".meanwhile bdi").inner_text() == "Peace came."
    first.page.locator(".editor textarea").press("Enter")
    dialog = first.page.get_by_role("dialog", name="Changed in the meantime")
    assert dialog.locator("dd").all_inner_texts() == ["Peace came.", "Peace is here."]
    dialog.get_by_role("button", name="Use mine").click()
    assert not dialog.is_visible()
    assert first.english()["6.1"] == "Peace is here."
    second.page.wait_for_function("() => review.pending.length === 2")


def test_words_for_a_bead_that_is_gone_are_shown(visit: Open, reading: Bitext) -> None:
    first = visit(reading, anchor="#3.1")
    second = first.twin()
    first.keys("e")
    first.page.fill(".editor textarea", "Rain, and wind.")
    second.page.evaluate("current.go(rows.element('2.1'))")
    second.keys("m")
    dialog = first.page.get_by_role("dialog", name="Changed in the meantime")
    dialog.wait_for()
    assert "no longer there" in dialog.inner_text()
    assert dialog.locator("dd").all_inner_texts() == ["Rain, and wind."]
    first.reload()
    dialog.get_by_role("button", name="Decide later").click()
    first.page.get_by_role("button", name="1 conflict").click()
    dialog.get_by_role("button", name="Discard mine").click()
    assert not dialog.is_visible()


def test_edits_of_an_earlier_version_are_carried_over(visit: Open, reading: Bitext, tmp_path: Path) -> None:
    visited = visit(reading, anchor="#2.1")
    visited.keys("a")
    file = tmp_path / "page.html"
    file.write_text(file.read_text("utf-8").replace('"version":"1"', '"version":"2"'), encoding="utf-8")
    visited.reload()
    assert visited.page.evaluate("review.data.version") == "2"
    assert statuses(visited)["2.1"] == "accepted"
    assert visited.page.evaluate("Object.keys(localStorage).filter(key => key.includes('edits'))") == [
        "aligner.edits page 2"
    ]


def test_a_changed_bead_stays_until_the_choice_is_made_again(visit: Open, reading: Bitext) -> None:
    visited = visit(reading)
    visited.choose("status", "draft")
    visited.page.locator("id=2.1").locator(".target").click()
    visited.keys("a")
    assert visited.shown() == ["2.1", "4.1", "6.1"]
    assert "draft (2)" in visited.page.locator("select[name=status]").inner_text()
    visited.choose("status", "accepted")
    assert visited.shown() == ["2.1", "3.1"]


def test_shapes_change_in_the_least_sure_order_too(visit: Open, shapes: Bitext) -> None:
    visited = visit(shapes)
    visited.choose("order", "certainty")
    order = visited.shown()
    visited.page.evaluate("current.go(rows.element('3.1'))")
    visited.keys("s", "Enter")
    at = order.index("3.1")
    assert visited.shown()[at] == "3.1"
    assert len(visited.shown()) == len(order) + 1
    visited.choose("order", "")
    assert visited.shown() == [
        "1.1",
        "2.1",
        "3.1",
        visited.shown()[3],
        "4.1",
        "5.1",
        "t6.1",
        "7.1",
        "8.1",
        "9.1",
        "10.1",
        "11.1",
    ]


def test_without_storage_the_edits_can_still_be_saved(visit: Open, reading: Bitext) -> None:
    visited = visit(
        reading, script="Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed'); }})"
    )
    visited.keys("j", "a")
    assert visited.page.locator("[data-part=state]").inner_text() == "1 edit, not kept anywhere yet"
    visited.save_edits()
    assert visited.complaints == []


ATTACK = '<img src=x onerror="window.broken = 1"></textarea><script>window.broken = 1</script>\u202edoc.exe'


def test_hostile_words_stay_words_in_every_place(visit: Open, shapes: Bitext, hostile_document: Bitext) -> None:
    visited = visit(hostile_document)
    visited.keys("j", "e")
    visited.page.locator(".editor textarea").press("End")
    visited.page.keyboard.insert_text(ATTACK)
    assert "U+202E" in visited.page.locator(".live .control").evaluate_all("all => all.map(one => one.dataset.code)")
    visited.keys("Enter", "n")
    write(visited, ATTACK)
    visited.keys("v", "Escape", "s")
    visited.page.evaluate("text => review.conflict({...review.pending[0], bead: text, text}, text)", ATTACK)
    assert visited.page.locator("#conflicts dd > bdi").all_inner_texts()[-1].startswith("<img src=x onerror=")
    visited.keys("Escape", "u", "U")
    assert visited.page.evaluate("window.broken ?? null") is None
    assert visited.page.locator("img, iframe, object").count() == 0
    assert visited.page.locator("script").count() == 3
    assert not [each for each in visited.requests if not each.startswith(("file:", "data:", "blob:"))]
    assert visited.complaints == []


def test_everything_one_can_use_has_a_name(visit: Open, shapes: Bitext) -> None:
    visited = visit(shapes, anchor="#3.1")
    visited.keys("n", "Escape", "e")
    unnamed = """() => dom.all("button, input, select, textarea, dialog[open], [role]").filter((each) => {
        const said = each.getAttribute("aria-label") ?? each.getAttribute("aria-labelledby");
        return !said && !each.textContent.trim() && !each.labels?.length && each.role !== "status" && !each.hidden;
    }).map((each) => each.outerHTML)"""
    assert visited.page.evaluate(unnamed) == []
    visited.keys("Escape", "s")
    assert visited.page.evaluate(unnamed) == []
    assert visited.page.get_by_role("group", name="Cut the French").is_visible()
    repeated = "() => { const ids = dom.all('[id]').map(each => each.id); return ids.length - new Set(ids).size; }"
    assert visited.page.evaluate(repeated) == 0


def test_what_the_checks_found_is_underlined(visit: Open, shapes: Bitext) -> None:
    visited = visit(shapes, findings=tuple(check([shapes])))
    marked = """() => [...CSS.highlights.get("finding")]
        .map(each => each.startContainer.data.slice(each.startOffset, each.endOffset))"""
    visited.page.wait_for_function("() => CSS.highlights.get('finding').size > 0")
    assert "of of" in "".join(visited.page.evaluate(marked))
    visited.choose("finding", "W401")
    assert visited.shown() == ["4.1"]
    visited.keys("Escape")
    visited.page.evaluate("current.go(rows.element('4.1'))")
    visited.keys("e")
    write(visited, "There are 12 of them.")
    visited.page.wait_for_function("() => dom.one('[id=\"4.1\"] .findings') === null")
    visited.choose("finding", "flag split")
    assert visited.shown() == ["1.1"]
