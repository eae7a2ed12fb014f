// The rows of the page and the beads they show. After a change only the rows that differ are made again.
const rows = (() => {
  const CHUNK = 50; // as many as the page is made of
  const list = document.getElementById("beads");
  const listeners = [];
  let seen = review.data.beads;
  let shown = paired(seen); // locator → { bead, first }
  let elements = new Map(dom.all(".bead", list).map((element) => [element.id, element]));
  let latest = []; // the places of the beads that changed last
  let sorted = null; // the section that holds the rows in another order

  // Every bead with whether a paragraph begins with it; one without source stays in the paragraph where it stands.
  function paired(beads) {
    const found = new Map();
    let paragraph = "";
    let aside = false;
    for (const bead of beads) {
      const here = bead.source.length ? bead.source[0][0].split(".")[0] : paragraph;
      found.set(bitext.locator(bead), { bead, first: !bitext.aside(bead) && (here !== paragraph || aside) });
      [paragraph, aside] = [here, bitext.aside(bead)];
    }
    return found;
  }

  const same = (one, other) => one === other || (one !== undefined && JSON.stringify(one) === JSON.stringify(other));

  // Bring the rows up to the data; returns the places of the beads that changed, in order.
  function update() {
    if (review.data.beads === seen) return [];
    seen = review.data.beads;
    const old = shown;
    shown = paired(seen);
    const changed = [];
    const kept = new Map();
    let previous = null;
    for (const [place, now] of shown) {
      const before = old.get(place);
      const equal = same(now.bead, before?.bead);
      if (equal) now.bead = before.bead;
      else changed.push(place);
      const node = equal && now.first === before.first ? elements.get(place) : redrawn(elements.get(place), now, previous);
      if (node) kept.set(place, node);
      previous = node ?? previous;
    }
    for (const [place, node] of elements) if (!kept.has(place)) node.remove();
    elements = kept;
    latest = changed;
    for (const listener of listeners) listener();
    return changed;
  }

  function redrawn(old, { bead, first }, previous) {
    if (!old && bitext.aside(bead)) return undefined; // the page was made without boilerplate
    const node = row.render(bead, first);
    if (old) {
      node.hidden = old.hidden;
      old.replaceWith(node);
    } else if (previous) (previous.closest("details") ?? previous).after(node);
    else list.firstElementChild.prepend(node);
    return node;
  }

  const inText = () => seen.filter((bead) => !bitext.aside(bead)).map((bead) => elements.get(bitext.locator(bead)));
  const beadOf = (node) => shown.get(node.id)?.bead;

  // The rows in the order of the page, boilerplate left out.
  const order = () => (sorted ? dom.all(".bead", sorted) : inText());

  // Put the least sure first, or all back into the order of the text.
  function sort(on) {
    if (on === Boolean(sorted)) return;
    list.hidden = on;
    if (on) {
      const ranked = byCertainty(inText());
      sorted = dom.make("section", { "aria-label": "Least sure first" }, chunks(ranked));
      list.after(sorted);
    } else {
      const nodes = [...shown.keys()].map((place) => elements.get(place)).filter(Boolean);
      list.replaceChildren(...chunks([...new Set(nodes.map((node) => node.closest("details") ?? node))]));
      sorted.remove();
      sorted = null;
    }
  }

  function byCertainty(nodes) {
    const rank = new Map(nodes.map((node) => [node, bitext.certainty(beadOf(node))]));
    return nodes.sort((one, other) => rank.get(one) - rank.get(other));
  }

  function chunks(nodes) {
    const made = [];
    for (let start = 0; start < nodes.length; start += CHUNK) {
      made.push(dom.make("div", { class: "chunk" }, nodes.slice(start, start + CHUNK)));
    }
    return made;
  }

  return {
    bead: beadOf,
    byCertainty,
    get changed() { return latest; },
    element: (place) => elements.get(place),
    onChange(listener) { listeners.push(listener); },
    order,
    sort,
    update,
  };
})();
