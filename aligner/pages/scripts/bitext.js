// The bitext as the page knows it. A bead holds its segments ([locator, text, role]) itself, so that beads can be cut
// and joined without renumbering; no object is ever changed in place.
const bitext = (() => {
  const joined = (segments) => segments.map((segment) => segment[1]).join(" ");
  const source = (bead) => joined(bead.source);
  const target = (bead) => joined(bead.target);
  const size = (bead) => source(bead).length + target(bead).length;
  const locator = (bead) => (bead.source.length ? bead.source[0][0] : `t${bead.target[0][0]}`);
  const type = (bead) => `${bead.source.length}-${bead.target.length}`;
  const aside = (bead) => bead.kind === "excluded";
  const differs = (bead) => bead.machine !== null && bead.target.length > 0 && bead.machine !== target(bead);

  const reviewed = (bead) => bead.status === "accepted" || bead.status === "edited";

  // Whether a person accepted or edited the text and the machine now says something else, as in news.py.
  const outdated = (bead) => bead.news && reviewed(bead) && differs(bead);

  // The figures of a bead, [value, measure], as in certainty.py: the alignment's, the translation's.
  function certainties(bead) {
    const found = [];
    if (bead.kind !== "constructed" || bead.confidence !== 1) found.push([bead.confidence, "alignment"]);
    if (bead.quality !== null) found.push([bead.quality, "translation"]);
    return found;
  }

  // The lower of them; 1 where nothing about the bead is in question.
  const certainty = (bead) => Math.min(1, ...certainties(bead).map(([value]) => value));

  const low = ([value, measure], view) => value < view.doubtful[measure];
  const doubtful = (bead, view) => !aside(bead) && certainties(bead).some((figure) => low(figure, view));

  // A data object of the server (or of the page) with beads that hold their segments.
  function unpack(data) {
    const beads = data.beads.map(({ s, t, ...bead }) => ({
      ...bead, source: s.map((i) => data.source[i]), target: t.map((j) => data.target[j]),
    }));
    const { source: _, target: __, ...rest } = data;
    return { ...rest, beads };
  }

  // What the page itself holds: texts that its rows show are read from there.
  function embedded() {
    const data = JSON.parse(dom.one("#bitext-data").textContent);
    const { defaults } = data.view;
    const segments = (list) => list.map(([place, text, role = "text", ...rule]) => [place, text, role, ...rule]);
    const slim = { ...data, source: segments(data.source), target: segments(data.target) };
    const whole = unpack({ ...slim, beads: data.beads.map((bead) => ({ ...defaults, ...bead })) });
    return { ...whole, beads: whole.beads.map(filledIn) };
  }

  function filledIn(bead) {
    const missing = (segments) => segments.some((segment) => segment[1] === null);
    if (bead.machine !== true && !missing(bead.source) && !missing(bead.target)) return bead;
    const row = document.getElementById(locator(bead));
    const [source, target] = [missing(bead.source) ? read(bead.source, cell(row, 1)) : bead.source,
      missing(bead.target) ? read(bead.target, cell(row, 3)) : bead.target];
    return { ...bead, source, target, machine: bead.machine === true ? machine(row) : bead.machine };
  }

  // The text of a side, the second or the fourth child of a row: an element in an element, for speed not searched for.
  const cell = (row, place) => row.children[place].firstElementChild.firstElementChild;

  // The present texts of segments, from the cell that shows them: each begins after its number, with a space before it.
  function read(segments, side) {
    if (segments.length === 1 && !side.firstElementChild) {
      return [[segments[0][0], side.textContent, ...segments[0].slice(2)]];
    }
    const texts = [""];
    for (const node of leaves(side, "del")) {
      if (node.parentElement.matches("sup")) texts.push("");
      else texts[texts.length - 1] += node.data;
    }
    if (segments.length > 1) texts.shift();
    return segments.map(([place, text, ...role], k) => {
      const shown = k < segments.length - 1 ? texts[k].slice(0, -1) : texts[k];
      return [place, text ?? shown, ...role];
    });
  }

  function machine(row) {
    const whole = dom.one(".machine bdi", row);
    if (whole) return whole.textContent;
    const side = cell(row, 3);
    return side.firstElementChild ? leaves(side, "ins, sup").map((node) => node.data).join("") : side.textContent;
  }

  function leaves(element, skipped) {
    const test = (node) => (node.parentElement.closest(skipped) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, test);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }

  return {
    aside, certainties, certainty, differs, doubtful, embedded, leaves, locator, low, outdated, size, source, target, type,
    unpack,
  };
})();
