// The review: the document with the edits that its store does not hold yet. A store (file.js, server.js) takes edits in its
// own way; whatever happens to it, an edit stays here until it is kept, or is shown as a conflict with what it said.
const review = (() => {
  const listeners = [];
  let base = bitext.embedded();
  let data = base;
  let pending = [];
  let conflicts = [];
  let store = null;

  // Put the pending edits on the base again; those that no longer fit become conflicts.
  function settle() {
    data = base;
    const kept = [];
    data = edits.applyAll(data, pending, kept, (edit, reason) => { conflicts = [...conflicts, { edit, reason }]; });
    pending = kept;
    tell();
  }

  function tell() {
    store?.keep();
    for (const listener of listeners) listener();
  }

  function fitting(edit) {
    try {
      return edits.apply(data, edit);
    } catch (error) {
      if (error instanceof edits.Conflict) error.edit = edit;
      throw error;
    }
  }

  function made(op, bead, fields, before = edits.before(bead)) {
    const at = `${new Date().toISOString().slice(0, 19)}Z`;
    return { ...fields, op, bead: bitext.locator(bead), before, at };
  }

  function add(list) {
    if (!list.length) return;
    pending = [...pending, ...list];
    store.pushed();
    tell();
  }

  // Do something to a bead; `before` is what the person saw there. Throws Conflict (with the
  // edit) when the beads do not allow it.
  function act(op, bead, fields = {}, before = undefined) {
    const edit = made(op, bead, fields, before);
    const next = fitting(edit);
    if (next === data) return;
    data = next;
    add([edit]);
  }

  // The same to many beads as one step: it is sent together, undone together. [[bead, fields], …]; how many were changed.
  function actAll(op, wanted) {
    const group = `${Date.now()}`;
    const list = wanted.map(([bead, fields]) => made(op, bead, { ...fields, group }));
    const kept = [];
    data = edits.applyAll(data, list, kept);
    add(kept);
    return kept.length;
  }

  // How many edits at an end of a list are one step (-1: at the end, 0: at the beginning).
  function step(list, end) {
    const group = list.at(end)?.group;
    if (!group) return Math.min(list.length, 1);
    const others = end ? list.findLastIndex((edit) => edit.group !== group) : list.findIndex((edit) => edit.group !== group);
    return end ? list.length - 1 - others : others < 0 ? list.length : others;
  }

  return {
    act,
    actAll,
    step,
    get data() { return data; },
    get pending() { return pending; },
    get conflicts() { return conflicts; },
    get store() { return store; },
    open(chosen) { store = chosen; store.open(); },
    onChange(listener) { listeners.push(listener); },
    // For the stores: another base, another list of edits, a conflict, a change of state.
    rebase(fresh, edits_ = pending) { base = fresh; pending = edits_; settle(); },
    replace(list) { pending = list; settle(); },
    restore(list) { conflicts = list; },
    conflict(edit, reason) { conflicts = [...conflicts, { edit, reason }]; tell(); },
    resolve(conflict) { conflicts = conflicts.filter((each) => each !== conflict); tell(); },
    get base() { return base; },
    tell,
  };
})();

// What both stores share.
const storage = (() => {
  // Values kept in a storage of the browser; where there is none (a private window) nothing is kept and `works` is false.
  function slot(area, key) {
    let works = true;
    return {
      get works() { return works; },
      read() {
        try { return JSON.parse(area().getItem(key)); } catch { return null; }
      },
      write(value) {
        try {
          if (value === null) area().removeItem(key);
          else area().setItem(key, JSON.stringify(value));
        } catch { works = false; }
      },
    };
  }

  // The edits as a file that `aligner import` applies.
  function download(data, edits_, name) {
    const content = {
      "aligner-edits": 1, document: data.id, languages: data.languages, base: data.base, version: data.version, by: name,
      edits: edits_,
    };
    const blob = new Blob([`${JSON.stringify(content, null, 1)}\n`], { type: "application/json" });
    const link = dom.make("a", { href: URL.createObjectURL(blob), download: `${data.id}.edits.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  return { download, slot };
})();
