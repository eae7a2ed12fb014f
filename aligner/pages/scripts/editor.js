// Writing in the page: the English text of a bead or a note, in its row, with the changes from the machine translation
// as they come about. What is being written is never lost: it outlives a reload, Escape, and changes by others.
const editor = (() => {
  const { make } = dom;
  const slot = storage.slot(() => sessionStorage, `aligner.draft ${review.data.id}`);
  const putAway = new Map(); // what Escape left unsaved
  const english = review.data.view.names[1];
  let toggled = () => {};
  let open = null; // { kind, place, before, area, node, live, meanwhile, start, old }

  const present = { text: (bead) => bitext.target(bead), note: (bead) => bead.note };
  const clean = { text: edits.line, note: (text) => text.trim() };

  // Open the editor in the row of a bead; `kind` is "text" or "note".
  function start(kind, bead, written = null, before = edits.before(bead)) {
    if (kind === "text" && bitext.aside(bead)) return "Boilerplate has no translation.";
    const place = bitext.locator(bead);
    if (open?.kind === kind && open.place === place) {
      open.area.focus();
      return "";
    }
    if (open) leave();
    const label = kind === "text" ? `${english} of ${place}` : `Note on ${place}`;
    const area = make("textarea", { rows: 1, spellcheck: "true", "aria-label": label });
    if (kind === "text") area.lang = review.data.languages[1];
    open = {
      kind, place, before, area, start: present[kind](bead), old: bead.machine ?? bitext.target(bead),
      live: make("bdi"), meanwhile: make("p", { class: "meanwhile", role: "status" }),
    };
    open.node = box(bead);
    area.value = written ?? putAway.get(`${kind} ${place}`) ?? open.start;
    mount(rows.element(place));
    area.setSelectionRange(area.value.length, area.value.length);
    type();
    requestAnimationFrame(reveal); // rows on the way get their height only when they come into view
    return "";
  }

  function box(bead) {
    const button = (name, action, hint) => {
      const made = make("button", { type: "button", title: hint }, name);
      made.addEventListener("click", action);
      return made;
    };
    const text = open.kind === "text";
    const live = text && make("p", { class: "live", lang: review.data.languages[1] },
      make("span", { class: "label" }, bead.machine === null ? "Changes" : "Against the machine"), " ", open.live);
    const machine = text && bead.machine !== null && button("Machine text", restore, "Put the machine translation back");
    const node = make("div", { class: `editor ${open.kind}-editor` }, open.area, open.meanwhile, live || "",
      make("p", { class: "buttons" },
        button("Save", () => save(), "Enter"), text ? button("Save, go on", () => save(true), "Ctrl Enter") : "",
        machine || "", button("Cancel", cancel, "Escape: what you wrote is kept until you leave the page")));
    open.area.addEventListener("input", type);
    open.area.addEventListener("keydown", onKey);
    return node;
  }

  function mount(node) {
    const { selectionStart: from, selectionEnd: to } = open.area;
    const side = dom.one(".side.target", node);
    node.classList.add(`editing-${open.kind}`);
    if (open.kind === "text") side.prepend(open.node); else side.append(open.node);
    document.documentElement.dataset.writing = open.kind;
    toggled();
    open.area.focus({ preventScroll: true });
    open.area.setSelectionRange(from, to);
    if (open.kind === "text") beside.open(node, rows.bead(node), open.area, reveal);
  }

  // The whole editor is between the bars, or as much of it as there is room for, its field first.
  function reveal() {
    if (!open) return;
    const foot = dom.one(".review").getBoundingClientRect();
    const tools = dom.one(".toolbar").getBoundingClientRect();
    const high = globalThis.visualViewport?.height ?? innerHeight; // without the keyboard on a screen
    const bottom = foot.height ? Math.min(foot.top, high) : high;
    const top = Math.max(0, tools.top <= 0 ? tools.bottom : 0);
    const box = open.node.getBoundingClientRect();
    if (box.bottom > bottom - 8) scrollBy(0, Math.min(box.bottom - bottom + 8, box.top - top - 8));
    else if (box.top < top + 8) scrollBy(0, box.top - top - 8);
  }

  // Every letter: the height, the live comparison, and a copy in case the page is closed.
  function type() {
    const { area, kind, place, before, old, live } = open;
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + 2}px`;
    slot.write(area.value === open.start ? null : { kind, place, before, text: area.value });
    if (kind === "text") live.replaceChildren(...diff.marked(diff.changes(old, edits.line(area.value))));
    reveal();
  }

  function restore() {
    open.area.value = rows.bead(rows.element(open.place)).machine;
    open.area.focus();
    type();
  }

  function onKey(event) {
    if (event.isComposing) return;
    const digit = event.altKey && !event.ctrlKey && /^Digit([1-9])$/.exec(event.code)?.[1];
    if (digit && open.kind === "text") beside.take(Number(digit));
    else if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && !event.shiftKey) save(event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function save(goOn = false) {
    const { kind, place, area, before } = open;
    const value = clean[kind](area.value);
    const bead = rows.bead(rows.element(place));
    const credit = kind === "text" ? beside.credit(value) : {};
    close();
    putAway.delete(`${kind} ${place}`);
    try {
      if (value !== present[kind](bead)) review.act(kind, bead, { [kind]: value, ...credit }, before);
    } catch (error) {
      if (!(error instanceof edits.Conflict)) throw error;
      review.conflict(error.edit, error.message);
    }
    if (goOn) current.unreviewed();
    else current.go(rows.element(place));
  }

  function cancel() {
    const { place } = open;
    leave();
    current.go(rows.element(place));
  }

  // Close without saving; what was written is put away.
  function leave() {
    const { kind, place, area, start: was } = open;
    if (area.value !== was) {
      putAway.set(`${kind} ${place}`, area.value);
      bar.say(`Not saved. ${kind === "text" ? "e" : "n"} at ${place} brings your words back.`);
    }
    close();
  }

  function close() {
    rows.element(open.place)?.classList.remove(`editing-${open.kind}`);
    open.node.remove();
    beside.close();
    delete document.documentElement.dataset.writing;
    slot.write(null);
    open = null;
    toggled();
  }

  // The row was made again, or the bead is gone: the words move with it, or are shown as a conflict.
  rows.onChange(() => {
    if (!open || open.node.isConnected) return;
    const node = rows.element(open.place);
    const { kind, place, before, area } = open;
    if (!node) {
      const edit = { op: kind, bead: place, [kind]: clean[kind](area.value), before };
      open = null;
      beside.close();
      delete document.documentElement.dataset.writing;
      slot.write(null);
      review.conflict(edit, "This pair is no longer there: it was merged, split or moved.");
      return;
    }
    mount(node);
    const bead = rows.bead(node);
    const now = bitext.target(bead);
    if (now === before.target) open.before = edits.before(bead); // another status or note is no contradiction
    const news = ["Changed meanwhile to: ", make("bdi", {}, dom.visible(now))];
    open.meanwhile.replaceChildren(...(now === before.target ? [] : news));
  });

  // After a reload: what was being written.
  function resume() {
    const draft = slot.read();
    const node = draft && rows.element(draft.place);
    if (!node) return;
    current.go(node);
    start(draft.kind, rows.bead(node), draft.text, draft.before);
  }

  globalThis.visualViewport?.addEventListener("resize", reveal);

  return {
    start,
    resume,
    onToggle(listener) { toggled = listener; },
    get isOpen() { return open !== null; },
    get unsaved() { return open !== null && open.area.value !== open.start; },
  };
})();
