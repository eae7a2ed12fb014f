// What the checks found, underlined in the texts themselves.
const findings = (() => {
  const highlight = "highlights" in CSS ? new Highlight() : null;
  const known = new WeakMap(); // row → its ranges

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
    const sides = [["source", bitext.source(bead), 3], ["target", bitext.target(bead), 4]];
    return sides.flatMap(([side, text, field]) => {
      const list = bead.findings.flatMap((finding) => finding[field]);
      const cell = list.length && dom.one(`.${side} .text`, node);
      return cell ? [...located(dom.leaves(cell, "del, sup"), text, list)] : [];
    });
  }

  // A row was drawn: its old ranges point to nodes that are gone.
  function underline(node) {
    for (const range of known.get(node) ?? []) highlight.delete(range);
    const fresh = ranges(node, rows.bead(node));
    known.set(node, fresh);
    for (const range of fresh) highlight.add(range);
  }

  if (highlight) {
    CSS.highlights.set("finding", highlight);
    rows.onDraw(underline);
  }
})();
