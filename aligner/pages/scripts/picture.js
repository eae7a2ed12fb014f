// A small picture of a bead's shape: source segments as dots on the left, target segments on the right, joined. Where a
// side has none, the lines stop short of an empty circle.
const picture = (() => {
  const [LEFT, RIGHT, MIDDLE, HALF] = [6, 34, 20, 12];

  const counts = (type) => type.split("-").map(Number);
  const told = (count, side) => (count ? dom.counted(count, `${side} segment`) : `no ${side} segments`);
  const words = (type) => { const [s, t] = counts(type); return `${told(s, "source")} to ${told(t, "target")}`; };

  function heights(count) {
    const step = count > 1 ? Math.min(10, 18 / (count - 1)) : 0;
    return Array.from({ length: count }, (_, index) => Math.round((HALF + (index - (count - 1) / 2) * step) * 100) / 100);
  }

  function curve([x1, y1], [x2, y2]) {
    if (y1 === y2) return `M${x1} ${y1}H${x2}`;
    const middle = (x1 + x2) / 2;
    return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
  }

  function symbol(type) {
    const [s, t] = counts(type);
    const dots = [...heights(s).map((y) => [LEFT, y]), ...heights(t).map((y) => [RIGHT, y])];
    const gap = s && t ? null : [s ? RIGHT : LEFT, HALF];
    return dom.draw("symbol", { id: `shape-${type}`, viewBox: "0 0 40 24" },
      dots.map((dot) => dom.draw("path", { d: curve(dot, [MIDDLE, HALF]) })),
      gap && dom.draw("circle", { class: "gap", cx: gap[0], cy: gap[1], r: 2.6 }),
      dots.map(([x, y]) => dom.draw("circle", { cx: x, cy: y, r: 2.6 })));
  }

  // A small picture of a shape, drawn once for the whole page.
  function draw(type) {
    if (!document.getElementById(`shape-${type}`)) dom.one(".symbols").append(symbol(type));
    return dom.draw("svg", { class: "picture", "aria-hidden": "true" }, dom.draw("use", { href: `#shape-${type}` }));
  }

  return { draw, words };
})();
