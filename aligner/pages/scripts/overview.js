// The whole document on the right edge: one line per bead, the longer the less sure, pale when it is reviewed, a dot
// where it differs from the machine translation, and a frame around what is in view. For the pointer; the keys j, k, J, K
// and x do the same.
const overview = (() => {
  const canvas = dom.make("canvas", { class: "overview", "aria-hidden": "true" });
  const brush = canvas.getContext("2d");
  const paper = dom.make("canvas");
  const lines = paper.getContext("2d");
  let shown = [];
  let parts = []; // the chunks of the shown rows, with the places in `shown` where each begins and ends
  let ends = []; // of each shown bead, as a share of the whole height
  let waiting = false;
  let stale = true;

  document.body.append(canvas);

  function measure() {
    shown = rows.order().filter((node) => !node.hidden);
    const lengths = shown.map(rows.bead).map((bead) => 40 + bitext.size(bead));
    const total = lengths.reduce((sum, length) => sum + length, 0);
    let sum = 0;
    ends = lengths.map((length) => (sum += length) / total);
    parts = [];
    shown.forEach((node, index) => {
      const chunk = node.closest(".chunk");
      if (parts.at(-1)?.chunk !== chunk) parts.push({ chunk, from: index });
      parts.at(-1).to = index + 1;
    });
    repaint();
  }

  // The first number from `low` to `high` for which `test` holds, when it holds for all that follow.
  function first(test, low, high) {
    while (low < high) {
      const middle = (low + high) >> 1;
      if (test(middle)) high = middle; else low = middle + 1;
    }
    return low;
  }

  // The first shown row of which an edge is below a line of the window. Rows are asked only in the chunk on that line:
  // the others are not laid out, and to ask them would do it, for a tenth of a second.
  function firstBelow(line, edge) {
    const box = (node) => node.getBoundingClientRect();
    const part = parts[first((index) => box(parts[index].chunk).bottom > line, 0, parts.length)];
    return part ? first((index) => box(shown[index])[edge] > line, part.from, part.to) : shown.length;
  }

  function colours() {
    const style = getComputedStyle(canvas);
    return { sure: style.color, doubt: style.outlineColor, dot: style.caretColor, frame: style.borderRightColor };
  }

  // The lines are painted once; scrolling only moves the frame.
  function paint(width, height, scale, colour) {
    canvas.width = paper.width = width * scale;
    canvas.height = paper.height = height * scale;
    lines.scale(scale, scale);
    shown.forEach((node, index) => drawBead(rows.bead(node), index, height, colour));
    stale = false;
  }

  function draw() {
    waiting = false;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!width) return;
    const scale = devicePixelRatio || 1;
    const colour = colours();
    if (stale) paint(width, height, scale, colour);
    brush.setTransform(1, 0, 0, 1, 0, 0);
    brush.clearRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(paper, 0, 0);
    brush.scale(scale, scale);
    if (shown.length) drawFrame(width, height, colour);
  }

  function drawBead(bead, index, height, colour) {
    const top = (ends[index - 1] ?? 0) * height;
    const tall = Math.max(1, ends[index] * height - top - (ends.length < height / 3 ? 1 : 0));
    const unsure = 1 - bitext.certainty(bead);
    lines.fillStyle = bitext.doubtful(bead, review.data.view) ? colour.doubt : colour.sure;
    lines.globalAlpha = current.isDraft(bead) ? 1 : 0.35;
    lines.fillRect(3, top, 1.5 + 8.5 * unsure, tall);
    lines.globalAlpha = 1;
    if (bitext.differs(bead)) {
      lines.fillStyle = colour.dot;
      lines.fillRect(14, top + tall / 2 - 1, 2, 2);
    }
  }

  function drawFrame(width, height, colour) {
    const from = firstBelow(0, "bottom");
    const to = firstBelow(innerHeight, "top");
    const top = (ends[from - 1] ?? 0) * height;
    brush.strokeStyle = colour.frame;
    brush.strokeRect(1, top + 0.5, width - 2.5, Math.max(3, (ends[to - 1] ?? 0) * height - top - 1));
  }

  function later() {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  }

  function repaint() {
    stale = true;
    later();
  }

  const at = ({ offsetY }) => shown[first((index) => ends[index] >= offsetY / canvas.clientHeight, 0, shown.length)];

  canvas.addEventListener("click", (event) => current.go(at(event)));
  canvas.addEventListener("mousemove", (event) => {
    const node = at(event);
    canvas.title = node ? `${node.id}: ${dom.percent(bitext.certainty(rows.bead(node)))}` : "";
  });
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", repaint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  filter.onChange(measure);

  return { repaint };
})();
