// The home of a page opened from disk: edits are kept in this browser, for this document in this version, and saved as a
// file. Other tabs with the same page see them at once.
function fileHome() {
  const { id, version } = desk.data;
  const prefix = `aligner.edits ${id} `;
  const shelf = homes.shelf(() => localStorage, prefix + version);
  const spare = homes.shelf(() => sessionStorage, prefix + version);
  const name = homes.shelf(() => localStorage, "aligner.name");
  let undone = [];
  let saved = "";
  let reading = false;

  const stamp = () => (desk.pending.length ? `${desk.pending.length} ${desk.pending.at(-1).at}` : "");

  // What the browser keeps, and edits that were made on an earlier version of this page, tried on this one. Reading alone
  // writes nothing: what another tab has just stored may not have arrived here yet.
  function load() {
    const kept = latest() ?? { edits: [], undone: [], saved: "", conflicts: [] };
    const old = earlier();
    ({ undone, saved } = kept);
    reading = true;
    desk.restore(kept.conflicts);
    desk.replace([...old.flatMap(([, list]) => list), ...kept.edits]);
    reading = false;
    if (!old.length && desk.conflicts === kept.conflicts) return;
    keep();
    for (const [key] of old) localStorage.removeItem(key);
  }

  // What was stored last. A browser under load may lose what a page stored for all tabs just before it was loaded again;
  // what it stored for its own tab is still there.
  function latest() {
    const found = [shelf.read(), spare.read()].filter(Boolean);
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
    const empty = !desk.pending.length && !undone.length && !desk.conflicts.length;
    if (empty && !latest()) return;
    const kept = { edits: desk.pending, undone, saved, conflicts: desk.conflicts, when: Date.now() };
    for (const each of [shelf, spare]) each.write(kept);
  }

  function save() {
    homes.download(desk.base, desk.pending, home.name);
    saved = stamp();
    desk.tell();
  }

  function state() {
    const count = dom.counted(desk.pending.length, "edit");
    if (!desk.pending.length) return { text: "No edits yet" };
    if (home.unsaved) return { text: shelf.works ? `${count}, kept in this browser` : `${count}, kept nowhere yet` };
    return { text: `${count}, saved as a file` };
  }

  const home = {
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
      if (!desk.pending.length) return "There is nothing to undo.";
      undone = [...undone, desk.pending.at(-1)];
      desk.replace(desk.pending.slice(0, -1));
      return "";
    },
    redo() {
      if (!undone.length) return "There is nothing to redo.";
      const edit = undone.at(-1);
      undone = undone.slice(0, -1);
      desk.replace([...desk.pending, edit]);
      return "";
    },
    get undoable() { return desk.pending.length > 0; },
    get redoable() { return undone.length > 0; },
    get unsaved() { return stamp() !== saved; },
    get name() { return name.read() ?? ""; },
    set name(value) { name.write(value); },
  };
  return home;
}
