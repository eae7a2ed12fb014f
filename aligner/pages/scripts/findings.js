// What the checks found, underlined in the texts themselves. Drawn when the page has nothing else to do.
const findings = (() => {
  const highlight = "highlights" in CSS ? new Highlight() : null;
  const known = new WeakMap(); // row → its ranges; a row that changes is another element
  let waiting = false;

  // Checks count characters, the page counts units of UTF-16: they differ after an emoji.
  const place = (text, count) => (/[\ud800-\udfff]/.test(text) ? [...text].slice(0, count).join("").length : count);

  // Where a stretch of a side's present text lies in its nodes: [node, offset] of both ends.
  function* located(leaves, text, list) {
    for (const [from, to] of list) {
      const [start, end] = [place(text, from), place(text, to)];
      let position = 0;
      for (const leaf of leaves) {
        const [a, b] = [Math.max(start - position, 0), Math.min(end - position, leaf.length)];
        if (a < b) yield new StaticRange({ startContainer: leaf, startOffset: a, endContainer: leaf, endOffset: b });
        position += leaf.length;
      }
    }
  }

  function ranges(node, bead) {
    if (!known.has(node)) {
      const sides = [["source", bitext.source(bead), 3], ["target", bitext.target(bead), 4]];
      known.set(node, sides.flatMap(([side, text, field]) => {
        const list = bead.findings.flatMap((finding) => finding[field]);
        const cell = list.length && dom.one(`.${side} .text`, node);
        return cell ? [...located(bitext.leaves(cell, "del, sup"), text, list)] : [];
      }));
    }
    return known.get(node);
  }

  function draw() {
    waiting = false;
    highlight.clear();
    for (const node of rows.order()) {
      const bead = rows.bead(node);
      if (bead.findings.length) for (const range of ranges(node, bead)) highlight.add(range);
    }
  }

  function later() {
    if (highlight && !waiting) (globalThis.requestIdleCallback ?? setTimeout)(draw);
    waiting = true;
  }

  if (highlight) CSS.highlights.set("finding", highlight);
  rows.onChange(later);
  later();
})();
