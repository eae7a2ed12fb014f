// The current bead, and the ways to others.
const current = (() => {
  const listeners = [];
  let place = null;

  const here = () => (place === null ? null : rows.element(place) ?? null);

  function stand(node) {
    mark(here(), false);
    place = node?.id ?? null;
    if (node) rows.drawIn(node.closest(".chunk")); // its neighbours too, so that it keeps its place when they grow
    mark(node, true);
    for (const listener of listeners) listener();
  }

  function mark(node, on) {
    node?.classList.toggle("current", on);
    if (on) node?.setAttribute("aria-current", "true");
    else node?.removeAttribute("aria-current");
  }

  function go(node) {
    if (!node) return;
    node.closest("details")?.setAttribute("open", "");
    stand(node);
    address(node.id);
    node.focus({ preventScroll: true });
    // Twice: rows on the way get their true height only when they come into view.
    show(node);
    requestAnimationFrame(() => show(node));
  }

  // A browser may refuse when the address changes too often, as when a key is held down.
  function address(name) {
    try { history.replaceState(null, "", `#${name}`); } catch { /* the next step will say it */ }
  }

  // Scroll only if the row is not wholly in view between the bars.
  function show(node) {
    const { top, bottom } = node.getBoundingClientRect();
    const block = bottom - top > innerHeight / 2 ? "start" : "center";
    if (top < 70 || bottom > innerHeight - 90) node.scrollIntoView({ block });
  }

  function step(direction, wanted = () => true) {
    const list = rows.order();
    const at = list.indexOf(here());
    const ahead = direction > 0 ? list.slice(at + 1) : list.slice(0, Math.max(at, 0)).reverse();
    const found = ahead.find((node) => !node.hidden && wanted(rows.bead(node)));
    go(found);
    return Boolean(found);
  }

  const isDraft = (bead) => bead.status === "draft";

  // The next draft; after the last the first.
  function unreviewed() {
    if (step(1, isDraft)) return true;
    const first = rows.order().find((node) => !node.hidden && node !== here() && isDraft(rows.bead(node)));
    go(first);
    return Boolean(first);
  }

  // The next or previous bead of a kind, after the last the first; a sentence when there is none.
  function seek(direction, wanted, name) {
    if (step(direction, wanted)) return "";
    const list = rows.order().filter((node) => !node.hidden && wanted(rows.bead(node)));
    if (!list.length) return `No ${name} is shown.`;
    go(direction > 0 ? list[0] : list.at(-1));
    return "";
  }

  // The least sure bead after the current one; without a current one, or after the last, the least sure of all.
  function doubt() {
    const ranked = rows.byCertainty(rows.order().filter((node) => !node.hidden));
    go(ranked[(ranked.indexOf(here()) + 1) % ranked.length]);
  }

  // After a change the row may be a new element, or gone: then the one that took its place is meant.
  rows.onChange(() => {
    if (place === null) return;
    if (here()) mark(here(), true);
    else place = null;
    for (const listener of listeners) listener();
  });

  return {
    doubt,
    go,
    isDraft,
    seek,
    onMove(listener) { listeners.push(listener); },
    stand,
    step,
    unreviewed,
    get bead() { return here() && rows.bead(here()); },
    get row() { return here(); },
  };
})();
