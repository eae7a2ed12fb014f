// Where the page begins: actions with their keys and buttons, theme, help, links; then the desk is opened.
const page = (() => {
  const root = document.documentElement;
  const help = document.getElementById("help");
  const toast = dom.one(".toast");
  const letters = dom.one("input[name=keys]", help);
  const advance = dom.one("input[name=advance]", help);
  const themes = ["system", "light", "dark"];
  const theme = () => root.dataset.theme ?? "system";
  const button = (name) => dom.one(`[data-action=${name}]`);
  let fading;

  function remember(name, value) {
    try { localStorage.setItem(`aligner.${name}`, value); } catch { /* private window: not remembered */ }
  }

  function remembered(name) {
    try { return localStorage.getItem(`aligner.${name}`); } catch { return null; }
  }

  function say(text) {
    if (!text) return;
    toast.value = text;
    clearTimeout(fading);
    fading = setTimeout(() => { toast.value = ""; }, 3500);
  }

  // Do something that the beads may refuse; then the reason is shown. Whether it was done.
  function attempt(action) {
    try {
      action();
      return true;
    } catch (error) {
      if (!(error instanceof edits.Conflict)) throw error;
      say(error.message);
      return false;
    }
  }

  function nextTheme() {
    const name = themes[(themes.indexOf(theme()) + 1) % themes.length];
    if (name === "system") delete root.dataset.theme; else root.dataset.theme = name;
    button("theme").setAttribute("aria-label", `Theme: ${name}`);
    say(`Theme: ${name}`);
    remember("theme", name);
    strip.repaint();
  }

  function toggleChanges() {
    const on = root.dataset.changes !== "on";
    root.dataset.changes = on ? "on" : "off";
    button("changes").setAttribute("aria-pressed", String(on));
  }

  function copyLink(node) {
    navigator.clipboard?.writeText(dom.one(".ref", node).href)
      .then(() => say(`Link to ${node.id} copied`), () => say(`Link to ${node.id} is in the address bar`));
  }

  // Go to the bead that the address names; one that is filtered out comes back first.
  function follow() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.classList.contains("bead")) return;
    if (target.hidden) filter.clear();
    walk.go(target);
  }

  // Accept or reject the bead and go on; the second time it is a draft again.
  function judge(status) {
    const { bead } = walk;
    const back = bead.status === status;
    if (attempt(() => desk.act("status", bead, { status: back ? "draft" : status })) && !back && advance.checked) walk.unreviewed();
  }

  // Change the borders of beads; the reader stays at the same height of the page.
  function reshape(op, fields) {
    const at = rows.order().indexOf(walk.row);
    const { bead } = walk;
    if (!attempt(() => desk.act(op, bead, fields))) return;
    const list = rows.order();
    walk.go(walk.row ?? list[Math.min(Math.max(at, 0), list.length - 1)]);
  }

  function move() {
    const beads = desk.data.beads;
    const at = beads.findIndex((bead) => bitext.locator(bead) === bitext.locator(walk.bead));
    say(shapes.move(walk.bead, { previous: beads[at - 1], next: beads[at + 1] }, (fields) => reshape("move", fields)));
  }

  async function back(way) {
    const refusal = await desk.home[way]();
    if (refusal) say(refusal);
    else if (last.length) walk.go(rows.element(last[0]) ?? walk.row);
  }

  const onBead = (action) => () => { if (walk.bead) action(); else walk.step(1); };
  const actions = {
    accept: onBead(() => judge("accepted")),
    reject: onBead(() => judge("rejected")),
    edit: onBead(() => say(editor.start("text", walk.bead))),
    note: onBead(() => say(editor.start("note", walk.bead))),
    merge: onBead(() => reshape("merge")),
    split: onBead(() => say(shapes.split(walk.bead, (fields) => reshape("split", fields)))),
    move: onBead(move),
    undo: () => back("undo"),
    redo: () => back("redo"),
    next: () => walk.unreviewed() || say("No draft is left here."),
    previous: () => walk.step(-1, walk.isDraft),
    changes: toggleChanges,
    theme: nextTheme,
    save: () => desk.home.save(),
    conflicts: () => conflicts.show(),
  };
  const keys = {
    j: () => walk.step(1), k: () => walk.step(-1), J: actions.next, K: actions.previous, x: walk.doubt,
    e: actions.edit, Enter: actions.edit, a: actions.accept, r: actions.reject, n: actions.note,
    m: actions.merge, s: actions.split, v: actions.move, u: actions.undo, U: actions.redo,
    c: onBead(() => copyLink(walk.row)), d: toggleChanges, t: nextTheme,
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
    if (!action || (event.key.length === 1 && !letters.checked)) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    event.preventDefault();
    action();
  }

  function onClick(event) {
    const node = event.target.closest(".bead");
    if (!node || event.target.closest(".editor, a:not(.ref)")) return;
    const link = event.target.closest(".ref");
    if (link) event.preventDefault();
    if (link || node !== walk.row) walk.stand(node);
    if (!link) return;
    walk.go(node);
    copyLink(node);
  }

  let last = []; // the places that changed last

  function refresh() {
    last = rows.update();
    if (last.length) figures.draw();
    bar.draw();
    conflicts.draw();
  }

  function setting(box, name) {
    box.checked = remembered(name) !== "off";
    box.addEventListener("change", () => remember(name, box.checked ? "on" : "off"));
  }

  function open() {
    setting(letters, "keys");
    setting(advance, "advance");
    button("theme").setAttribute("aria-label", `Theme: ${theme()}`);
    dom.one("main").addEventListener("click", onClick);
    dom.one("main").addEventListener("dblclick", (event) => { if (event.target.closest(".side.target:not(:has(.editor))")) actions.edit(); });
    document.addEventListener("click", (event) => actions[event.target.closest("[data-action]")?.dataset.action]?.());
    addEventListener("keydown", onKey);
    addEventListener("hashchange", follow);
    addEventListener("beforeunload", (event) => { if (desk.home.unsaved || editor.unsaved) event.preventDefault(); });
    walk.onMove(bar.point);
    desk.onChange(refresh);
    const served = desk.data.server !== null;
    desk.open(served ? serverHome() : fileHome());
    const name = dom.one("input[name=by]");
    if (name) {
      name.value = desk.home.name;
      name.addEventListener("change", () => { desk.home.name = name.value.trim(); });
    }
    root.dataset.script = "";
    for (const each of [dom.one(".toolbar"), dom.one(".desk")]) each.hidden = false;
    filter.apply();
    refresh();
    follow();
    editor.resume();
  }

  return { attempt, open, say };
})();
page.open();
