// The store of a page opened from disk: edits are kept in this browser, for this document in this version, and saved as a
// file. Other tabs with the same page see them at once.
function fileStore() {
  const { id, version } = review.data;
  const prefix = `aligner.edits ${id} `;
  const slot = storage.slot(() => localStorage, prefix + version);
  const spare = storage.slot(() => sessionStorage, prefix + version);
  let undone = [];
  let saved = "";
  let reading = false;

  const stamp = () => (review.pending.length ? `${review.pending.length} ${review.pending.at(-1).at}` : "");

  // What the browser keeps, and edits that were made on an earlier version of this page, tried on this one. Reading alone
  // writes nothing: what another tab has just stored may not have arrived here yet.
  function load() {
    const kept = latest() ?? { edits: [], undone: [], saved: "", conflicts: [] };
    const old = earlier();
    ({ undone, saved } = kept);
    reading = true;
    review.restore(kept.conflicts);
    review.replace([...old.flatMap(([, list]) => list), ...kept.edits]);
    reading = false;
    if (!old.length && review.conflicts === kept.conflicts) return;
    keep();
    for (const [key] of old) localStorage.removeItem(key);
  }

  // What was stored last. A browser under load may lose what a page stored for all tabs just before it was loaded again;
  // what it stored for its own tab is still there.
  function latest() {
    const found = [slot.read(), spare.read()].filter(Boolean);
    return found.sort((one, other) => other.when - one.when)[0];
  }

  // The lists of edits of other versions: [key, edits].
  function earlier() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix) && key !== prefix + version);
      return keys.map((key) => [key, JSON.parse(localStorage.getItem(key)).edits]);
    } catch { // no storage, or not ours
      return [];
    }
  }

  function keep() {
    if (reading) return;
    const empty = !review.pending.length && !undone.length && !review.conflicts.length;
    if (empty && !latest()) return;
    const kept = { edits: review.pending, undone, saved, conflicts: review.conflicts, when: Date.now() };
    for (const each of [slot, spare]) each.write(kept);
  }

  // The first time it is asked whose edits they are.
  async function save() {
    storage.download(review.base, review.pending, await people.ask());
    saved = stamp();
    review.tell();
  }

  function state() {
    const count = dom.counted(review.pending.length, "edit");
    if (!review.pending.length) return { text: "No edits yet" };
    if (store.unsaved) return { text: slot.works ? `${count}, kept in this browser` : `${count}, not kept anywhere yet` };
    return { text: `${count}, saved as a file` };
  }

  const store = {
    served: false,
    keep,
    save,
    state,
    open() {
      load();
      addEventListener("storage", (event) => { if (event.key === prefix + version) load(); });
    },
    pushed() { undone = []; },
    undo() {
      if (!review.pending.length) return "There is nothing to undo.";
      const from = review.pending.length - review.step(review.pending, -1);
      undone = [...undone, ...review.pending.slice(from)];
      review.replace(review.pending.slice(0, from));
      return "";
    },
    redo() {
      if (!undone.length) return "There is nothing to redo.";
      const from = undone.length - review.step(undone, -1);
      const again = undone.slice(from);
      undone = undone.slice(0, from);
      review.replace([...review.pending, ...again]);
      return "";
    },
    get undoable() { return review.pending.length > 0; },
    get redoable() { return undone.length > 0; },
    get unsaved() { return stamp() !== saved; },
  };
  return store;
}
