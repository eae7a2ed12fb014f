// The bar at the foot: what can be done with the bead the reader stands on, how far the review is, whether all is kept.
const bar = (() => {
  const node = dom.one(".review");
  const part = (name) => dom.one(`[data-part=${name}]`, node);
  const button = (name) => dom.one(`[data-action=${name}]`, node);

  function about(bead) {
    if (!bead) return "j or a click chooses a pair";
    const parts = bitext.certainties(bead).map(([value, measure]) => `${measure} ${dom.percent(value)}`);
    if (bead.maker && bead.origin === "mt") parts.push(`made by ${bead.maker}`);
    if (bead.changed) parts.push(`changed ${bead.changed.slice(0, 10)}`);
    if (bead.by) parts.push(`by ${bead.by}`);
    return parts.join(" · ");
  }

  // The buttons and words about the current bead.
  function point() {
    const { bead } = current;
    part("place").textContent = bead ? bitext.locator(bead) : "";
    part("about").replaceChildren(...dom.visible(about(bead)));
    for (const each of dom.all("[data-needs=bead]", node)) each.disabled = !bead;
    button("accept").setAttribute("aria-pressed", String(bead?.status === "accepted"));
    button("reject").setAttribute("aria-pressed", String(bead?.status === "rejected"));
  }

  // How far the review is, and where the edits are.
  function draw() {
    const { total, reviewed } = figures.progress();
    part("reviewed").textContent = `${dom.grouped(reviewed)} of ${dom.grouped(total)} reviewed`;
    part("progress").setAttribute("width", total ? `${(100 * reviewed) / total}%` : "0%");
    const { text, alarm } = review.store.state();
    if (part("state").textContent !== text) part("state").textContent = text;
    part("state").classList.toggle("alarm", Boolean(alarm));
    const count = review.conflicts.length;
    button("conflicts").hidden = !count;
    button("conflicts").textContent = dom.counted(count, "conflict");
    button("save").hidden = review.store.served && !review.store.stranded;
    button("save").disabled = !review.pending.length;
    button("undo").disabled = !review.store.undoable;
    button("redo").disabled = !review.store.redoable;
    point();
  }

  return { draw, point };
})();
