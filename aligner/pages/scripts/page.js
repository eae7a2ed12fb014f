// Where the page begins: what can be done, the keys, clicks and addresses that mean it, and the order in which the parts
// are opened. Start reading at `open`, the last function.

// What can be done, by name: buttons (data-action) and keys mean these.
const actions = (() => {
  function copyLink(node) {
    const say = (where) => () => bar.say(`Link to ${node.id} ${where}`);
    navigator.clipboard?.writeText(dom.one(".ref", node).href).then(say("copied"), say("is in the address bar"));
  }

  // Accept or reject the bead and go on; the second time it is a draft again.
  function judge(status) {
    const { bead } = current;
    const back = bead.status === status;
    const done = bar.attempt(() => review.act("status", bead, { status: back ? "draft" : status }));
    if (done && !back && settings.advance.checked) current.unreviewed();
  }

  // Change the borders of beads; the reader stays at the same height of the page.
  function reshape(op, fields) {
    const at = rows.order().indexOf(current.row);
    const { bead } = current;
    if (!bar.attempt(() => review.act(op, bead, fields))) return;
    const list = rows.order();
    current.go(current.row ?? list[Math.min(Math.max(at, 0), list.length - 1)]);
  }

  function move() {
    const beads = review.data.beads;
    const at = beads.findIndex((bead) => bitext.locator(bead) === bitext.locator(current.bead));
    const around = { previous: beads[at - 1], next: beads[at + 1] };
    bar.say(regroup.move(current.bead, around, (fields) => reshape("move", fields)));
  }

  async function back(way) {
    const refusal = await review.store[way]();
    if (refusal) {
      bar.say(refusal);
      return;
    }
    bar.hush();
    current.go(rows.element(rows.changed[0]) ?? current.row);
  }

  // What looks at all rows waits until they are here.
  const whole = (action) => () => (review.data.rest ? bar.say("The rows are still coming.") : action());
  const onBead = (action) => () => { if (current.bead) action(); else current.step(1); };
  return {
    copy: onBead(() => copyLink(current.row)),
    cite: () => { if (current.bead || !getSelection().isCollapsed) cite.open(); else current.step(1); },
    accept: onBead(() => judge("accepted")),
    reject: onBead(() => judge("rejected")),
    edit: onBead(() => bar.say(editor.start("text", current.bead))),
    note: onBead(() => bar.say(editor.start("note", current.bead))),
    merge: onBead(() => reshape("merge")),
    split: onBead(() => bar.say(regroup.split(current.bead, (fields) => reshape("split", fields)))),
    move: onBead(move),
    undo: () => back("undo"),
    redo: () => back("redo"),
    next: () => current.unreviewed() || bar.say("No draft is left here."),
    previous: () => current.step(-1, current.isDraft),
    finding: (way = 1) => bar.say(current.seek(way, (bead) => bead.findings.length > 0, "pair with a finding")),
    changed: (way = 1) => bar.say(current.seek(way, bitext.differs, "pair that differs from the machine")),
    replace: whole(bulk.replace),
    acceptShown: whole(bulk.acceptShown),
    share: whole(share.open),
    filters: filter.toggle,
    moreActs: bar.more,
    changes: settings.toggleChanges,
    theme: settings.nextTheme,
    save: () => review.store.save(),
    conflicts: () => conflicts.show(),
  };
})();

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
    c: actions.cite, d: actions.changes, t: actions.theme,
    f: concordance.open, "%": actions.replace,
    w: () => actions.finding(), W: () => actions.finding(-1), g: () => actions.changed(), G: () => actions.changed(-1),
    "/": filter.search, "?": () => help.togglePopover(), Escape: filter.clear,
  };

  // While a field, a dialog or the help has the keyboard, only Escape (and ? for the help) means something here. Letter
  // keys can be switched off for people who speak to their computer (WCAG 2.1.4).
  function onKey(event) {
    const field = event.target.closest?.("input:not([type=checkbox]), select, textarea");
    const busy = field || dom.one(":popover-open, dialog[open]");
    if (!busy && (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      actions[event.shiftKey ? "redo" : "undo"]();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (field && event.key === "Escape" && !editor.isOpen) field.blur();
    const action = busy && !(event.key === "?" && !field) ? null : keys[event.key];
    if (event.shiftKey && !busy && { ArrowUp: -1, ArrowDown: 1 }[event.key] && current.bead) {
      event.preventDefault();
      cite.reach(event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    if (!action || (event.key.length === 1 && !settings.letters.checked)) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    event.preventDefault();
    action();
  }

  function onClick(event) {
    const node = event.target.closest(".bead");
    if (!node || event.target.closest(".editor, a:not(.ref)")) return;
    const link = event.target.closest(".ref");
    if (link) event.preventDefault();
    // While text is selected, or a range of rows is chosen, the current row stays where the range begins.
    if (event.shiftKey && current.row && !link) {
      cite.extend(node);
      return;
    }
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
    people.open();
    document.documentElement.dataset.script = "";
    for (const each of [dom.one(".toolbar"), dom.one(".review")]) each.hidden = false;
    rows.open();
    filter.apply();
    filter.onChange(menus.drawFaults);
    menus.drawFaults();
    figures.draw();
    refresh();
    rows.onGrow(arrive);
    arrive();
  }

  // Go to where the address leads, and to what was being written there.
  function arrive() {
    if (!current.row) follow();
    if (!editor.isOpen) editor.resume();
  }

  return { open };
})();
page.open();
