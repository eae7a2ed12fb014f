// Where the page begins: keys, clicks and addresses get their meaning, then the review is opened.
const page = (() => {
  const help = document.getElementById("help");

  // Go to the bead that the address names; one that is filtered out comes back first.
  function follow() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.classList.contains("bead")) return;
    if (target.hidden) filter.clear();
    current.go(target);
  }

  const keys = {
    j: () => current.step(1), k: () => current.step(-1), J: actions.next, K: actions.previous, x: current.doubt,
    e: actions.edit, Enter: actions.edit, a: actions.accept, r: actions.reject, n: actions.note,
    m: actions.merge, s: actions.split, v: actions.move, u: actions.undo, U: actions.redo,
    c: actions.copy, d: actions.changes, t: actions.theme,
    "/": filter.search, "?": () => help.togglePopover(), Escape: filter.clear,
  };

  // While a field, a dialog or the help has the keyboard, only Escape (and ? for the help) means something here. Letter
  // keys can be switched off for people who speak to their computer (WCAG 2.1.4).
  function onKey(event) {
    const field = event.target.closest?.("input:not([type=checkbox]), select, textarea");
    const busy = field || help.matches(":popover-open") || dom.one("dialog[open]");
    if (!busy && (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      actions[event.shiftKey ? "redo" : "undo"]();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (field && event.key === "Escape" && !editor.isOpen) field.blur();
    const action = busy && !(event.key === "?" && !field) ? null : keys[event.key];
    if (!action || (event.key.length === 1 && !looks.letters.checked)) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    event.preventDefault();
    action();
  }

  function onClick(event) {
    const node = event.target.closest(".bead");
    if (!node || event.target.closest(".editor, a:not(.ref)")) return;
    const link = event.target.closest(".ref");
    if (link) event.preventDefault();
    if (link || node !== current.row) current.stand(node);
    if (!link) return;
    current.go(node);
    actions.copy();
  }

  function onDoubleClick(event) {
    if (event.target.closest(".side.target:not(:has(.editor))")) actions.edit();
  }

  function refresh() {
    if (rows.update().length) figures.draw();
    bar.draw();
    conflicts.draw();
  }

  // The name that a saved file of edits carries; it stands in the help.
  function askName() {
    const field = dom.one("input[name=by]", help);
    field.value = review.store.name;
    field.addEventListener("change", () => { review.store.name = field.value.trim(); });
  }

  function open() {
    dom.one("main").addEventListener("click", onClick);
    dom.one("main").addEventListener("dblclick", onDoubleClick);
    document.addEventListener("click", (event) => actions[event.target.closest("[data-action]")?.dataset.action]?.());
    addEventListener("keydown", onKey);
    addEventListener("hashchange", follow);
    addEventListener("beforeunload", (event) => { if (review.store.unsaved || editor.unsaved) event.preventDefault(); });
    current.onMove(bar.point);
    review.onChange(refresh);
    review.open(review.data.server ? serverStore() : fileStore());
    if (!review.store.served) askName();
    document.documentElement.dataset.script = "";
    for (const each of [dom.one(".toolbar"), dom.one(".review")]) each.hidden = false;
    rows.open();
    filter.apply();
    figures.draw();
    refresh();
    follow();
    editor.resume();
  }

  return { open };
})();
page.open();
