// The bar at the foot: what can be done with the current bead, how far the review is, whether all edits are kept; and above
// it a line that says what happened.
const bar = (() => {
  const node = dom.one(".review");
  const toast = dom.one(".toast");
  let fading;
  const part = (name) => dom.one(`[data-part=${name}]`, node);
  const button = (name) => dom.one(`[data-action=${name}]`, node);

  const about = (bead) => (bead ? row.about(bead) : "Press j or click to choose a pair");

  // The buttons and words about the current bead.
  function point() {
    const { bead } = current;
    part("place").textContent = bead ? bitext.locator(bead) : "";
    part("about").replaceChildren(...dom.visible(about(bead)));
    part("about").title = bead ? bitext.certainties(bead).map(([, measure]) =>
      `${measure}: ${review.data.view.measures[measure]}`).join("\n") : "";
    for (const each of dom.all("[data-needs=bead]", node)) each.disabled = !bead;
    button("accept").setAttribute("aria-pressed", String(bead?.status === "accepted"));
    button("reject").setAttribute("aria-pressed", String(bead?.status === "rejected"));
  }

  // How far the review is, and where the edits are.
  function draw() {
    const { total, reviewed } = figures.progress();
    part("reviewed").textContent = review.data.rest ? "Loading" : `${dom.grouped(reviewed)} of ${dom.grouped(total)} reviewed`;
    part("progress").setAttribute("width", total ? `${(100 * reviewed) / total}%` : "0%");
    const { text, alarm } = review.store.state();
    if (part("state").textContent !== text) part("state").textContent = part("state").title = text;
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

  // Say for some seconds what happened, or why not.
  function say(text) {
    if (!text) return;
    toast.value = text;
    clearTimeout(fading);
    fading = setTimeout(() => { toast.value = ""; }, 3500);
  }

  // What was said of a step is over when the step is taken back.
  function hush() {
    clearTimeout(fading);
    toast.value = "";
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

  // Where the window is narrow: what is done less often.
  function more() {
    const opener = button("moreActs");
    opener.setAttribute("aria-expanded", String(opener.getAttribute("aria-expanded") === "false"));
  }

  return { attempt, draw, hush, more, point, say };
})();
