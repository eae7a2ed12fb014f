// The rows of the page and the beads they show. Until a row is drawn (gradually.js) it is the plain row that the page came
// with. After a change only the rows that differ are drawn again.
const rows = (() => {
  const CHUNK = 50; // as many as the page is made of
  const list = document.getElementById("beads");
  const changeListeners = [];
  const drawListeners = [];
  const growListeners = [];
  const drawn = new WeakSet();
  let seen = review.data.beads;
  let shown = placed(seen); // locator → { bead, first }
  let elements = new Map(dom.all(".bead", list).map((element) => [element.id, element]));
  let partial = Boolean(review.data.rest); // whether rows are still to come from the server
  let latest = []; // the places of the beads that changed last
  let sorted = null; // the section that holds the rows in another order

  // Every bead with whether a paragraph begins with it; one without source stays in the paragraph where it stands.
  function placed(beads) {
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

  // The row stays the same element, so that focus, filters and the current pair keep what they hold.
  function draw(node) {
    const { bead, first } = shown.get(node.id);
    const current = node.classList.contains("current");
    row.fill(node, bead, first);
    node.classList.toggle("current", current);
    drawn.add(node);
    for (const listener of drawListeners) listener(node);
  }

  const drawOnce = (node) => { if (!drawn.has(node)) draw(node); };
  const rowsIn = (part) => dom.all(".bead", part);
  const drawIn = (part) => rowsIn(part).forEach(drawOnce);

  // Paragraphs are set apart, boilerplate is folded, and the first rows are drawn before anything is shown.
  function open() {
    for (const [place, { first }] of shown) elements.get(place)?.classList.toggle("first", first);
    fold(elements.values());
    tables.lay(elements.values());
    const parts = dom.all(".chunk", list);
    if (parts.length) drawIn(parts[0]);
    gradually(parts, rowsIn, drawOnce);
  }

  // All rows are here now: those that are new to the page are added. Returns the places of all.
  function grow() {
    const ranked = Boolean(sorted);
    sort(false);
    partial = false;
    seen = review.data.beads;
    shown = placed(seen);
    append([...shown.keys()].filter((place) => !elements.has(place)));
    sort(ranked);
    latest = [];
    for (const listener of [...changeListeners, ...growListeners]) listener();
    return [...shown.keys()];
  }

  // The rows that the page did not come with, below those that are there; they are drawn when they come near the view.
  function append(places) {
    const made = places.map((id) => dom.make("article", { id, class: bitext.aside(shown.get(id).bead) ? "bead aside" : "bead" }));
    for (const node of made) elements.set(node.id, node);
    const parts = chunks(made);
    list.append(...parts);
    fold(made);
    tables.lay(elements.values());
    gradually(parts, rowsIn, drawOnce);
  }

  // Put each run of boilerplate into an element that opens and closes.
  function fold(nodes) {
    let run = null;
    const runs = [];
    for (const node of nodes) {
      if (!bitext.aside(beadOf(node))) {
        run = null;
        continue;
      }
      if (!run) {
        runs.push(run = dom.make("details", { class: "boilerplate" }, dom.make("summary")));
        node.before(run);
      }
      run.append(node);
    }
    for (const details of runs) {
      const beads = dom.all(".bead", details).map(beadOf);
      const rules = [...new Set(beads.map((bead) => (bead.source[0] ?? bead.target[0])[3]).filter(Boolean))];
      details.firstElementChild.append(`${dom.counted(beads.length, "line")} set aside as boilerplate`,
        ...(rules.length ? [" ", dom.make("span", { class: "rules" }, rules.join(", "))] : []));
    }
  }

  const same = (one, other) => one === other || (one !== undefined && JSON.stringify(one) === JSON.stringify(other));

  // Bring the rows up to the data; returns the places of the beads that changed, in order.
  function update() {
    if (review.data.beads === seen) return [];
    if (partial && !review.data.rest) return grow();
    seen = review.data.beads;
    const old = shown;
    shown = placed(seen);
    const changed = [];
    const kept = new Map();
    let previous = null;
    for (const [place, now] of shown) {
      const before = old.get(place);
      const equal = same(now.bead, before?.bead);
      if (equal) now.bead = before.bead;
      else changed.push(place);
      const old_ = elements.get(place);
      const node = old_ ?? inserted(now.bead, previous);
      if (!node) continue;
      // What was never drawn will be, as it is then.
      if (!old_ || ((!equal || now.first !== before.first) && drawn.has(node))) draw(node);
      kept.set(place, node);
      previous = node;
    }
    for (const [place, node] of elements) if (!kept.has(place)) node.remove();
    if (!sorted && [...kept.keys()].some((place) => !elements.has(place))) tables.lay(kept.values());
    elements = kept;
    latest = changed;
    for (const listener of changeListeners) listener();
    return changed;
  }

  // A row for a bead that had none, after the row of the bead before it.
  function inserted(bead, previous) {
    if (bitext.aside(bead)) return null; // the page was made without boilerplate
    const node = dom.make("article", { id: bitext.locator(bead) });
    if (previous) (previous.closest("details") ?? previous).after(node);
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
    drawIn(list);
    list.hidden = on;
    if (on) {
      const ranked = byCertainty(inText());
      sorted = dom.make("section", { "aria-label": "Least sure first" }, chunks(ranked));
      list.after(sorted);
    } else {
      const nodes = [...shown.keys()].map((place) => elements.get(place)).filter(Boolean);
      list.replaceChildren(...chunks([...new Set(nodes.map((node) => node.closest("details") ?? node))]));
      tables.lay(nodes);
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
    drawIn,
    element: (place) => elements.get(place),
    isDrawn: (node) => drawn.has(node),
    onChange(listener) { changeListeners.push(listener); },
    onGrow(listener) { growListeners.push(listener); },
    onDraw(listener) { drawListeners.push(listener); },
    open,
    order,
    sort,
    update,
  };
})();
