// Places in the texts that are set off without a change of elements (CSS custom highlights): what the checks found, and
// what was searched for. Rows get theirs as they are drawn.
const highlights = (() => {
  const MARKS = 2000; // more are not worth the time: nobody reads them before refining the search
  const found = "highlights" in CSS ? new Highlight() : null;
  const searched = found && new Highlight();
  const known = new WeakMap(); // row → the ranges of its findings
  let wanted = null; // a regular expression

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

  // The findings of a row that was drawn: its old ranges point to nodes that are gone.
  function underline(node) {
    for (const range of known.get(node) ?? []) found.delete(range);
    const fresh = ranges(node, rows.bead(node));
    known.set(node, fresh);
    for (const range of fresh) found.add(range);
  }

  function mark(node) {
    if (!wanted || node.hidden || searched.size > MARKS) return;
    for (const leaf of dom.all(".text, .note bdi", node).flatMap((part) => dom.leaves(part, "del, sup"))) {
      for (const match of dom.fold(leaf.data).matchAll(wanted)) {
        const range = document.createRange();
        range.setStart(leaf, match.index);
        range.setEnd(leaf, match.index + match[0].length);
        searched.add(range);
      }
    }
  }

  // Mark what matches in the folded texts of the rows that are shown.
  function search(pattern) {
    wanted = found && pattern; // an old browser finds, but does not mark
    searched?.clear();
    rows.order().filter(rows.isDrawn).forEach(mark);
  }

  if (found) {
    CSS.highlights.set("finding", found);
    CSS.highlights.set("found", searched);
    rows.onDraw(underline);
    rows.onDraw(mark);
  }

  return { search };
})();
