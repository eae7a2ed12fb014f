// Show the beads that match every choice of the tool bar, and mark what was searched for.
const filter = (() => {
  const form = document.querySelector(".toolbar");
  const texts = new Map();
  const listeners = [];
  const MARKS = 2000; // more are not worth the time: nobody reads them before refining the search

  // Plain letters, spaces and apostrophes, one character for one, so that a place found here is a place in the text.
  const plain = (c) => (/\s/.test(c) ? " " : c === "’" ? "'" : c.normalize("NFD")[0]);
  const fold = (text) => text.replace(/[^\x00-\x7f]/g, plain);

  // The text nodes of both sides as they read now: without deleted words and segment numbers.
  function nodes(bead) {
    const skip = (node) => (node.parentElement.closest("del, sup") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    return [...bead.querySelectorAll(".text, .note bdi")].map((part) => {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT, skip);
      const found = [];
      while (walker.nextNode()) found.push(walker.currentNode);
      return found;
    });
  }

  function text(bead) {
    if (!texts.has(bead)) {
      texts.set(bead, nodes(bead).map((part) => fold(part.map((node) => node.data).join(""))).join("\n"));
    }
    return texts.get(bead);
  }

  function pattern() {
    const wanted = fold(form.elements.text.value);
    form.elements.text.removeAttribute("aria-invalid");
    if (!wanted) return null;
    const source = form.elements.pattern.checked ? wanted : wanted.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    try {
      return new RegExp(source, "gimu");
    } catch {
      form.elements.text.setAttribute("aria-invalid", "true");
      return null;
    }
  }

  const shapes = { "": () => true, other: (type) => type !== "1-1", null: (type) => /^0-|-0$/.test(type) };
  const only = {
    "": () => true,
    differs: (bead) => "differs" in bead.dataset,
    same: (bead) => "machine" in bead.dataset && !("differs" in bead.dataset),
    note: (bead) => "note" in bead.dataset,
    flags: (bead) => "flags" in bead.dataset,
  };

  function sureness(bead, limit) {
    if (limit === "doubtful") return bead.classList.contains("doubtful");
    return !limit || beads.certainty(bead) < Number(limit);
  }

  function matcher(wanted) {
    const choice = Object.fromEntries(["status", "type", "certainty", "only"].map((name) => [name, form.elements[name].value]));
    const shape = shapes[choice.type] ?? ((type) => type === choice.type);
    return (bead) =>
      (!choice.status || bead.dataset.status === choice.status)
      && shape(bead.dataset.type)
      && sureness(bead, choice.certainty)
      && only[choice.only](bead)
      && (!wanted || text(bead).search(wanted) >= 0);
  }

  function mark(wanted, shown) {
    if (!("highlights" in CSS)) return;
    const ranges = [];
    for (const bead of wanted ? shown : []) {
      for (const node of nodes(bead).flat()) {
        for (const match of fold(node.data).matchAll(wanted)) {
          const range = document.createRange();
          range.setStart(node, match.index);
          range.setEnd(node, match.index + match[0].length);
          ranges.push(range);
        }
      }
      if (ranges.length > MARKS) break;
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function apply() {
    const wanted = pattern();
    const matches = matcher(wanted);
    const narrowed = ["text", "status", "type", "certainty", "only"].some((name) => form.elements[name].value);
    for (const field of form.querySelectorAll("select")) field.classList.toggle("active", field.value !== "");
    const shown = beads.all.filter((bead) => !(bead.hidden = !matches(bead)));
    for (const block of document.querySelectorAll(".block")) {
      block.hidden = block.matches(".boilerplate") ? narrowed : !block.querySelector(".bead:not([hidden])");
    }
    beads.settle();
    mark(wanted, shown);
    document.querySelector(".nothing").hidden = shown.length > 0;
    const total = beads.all.length.toLocaleString("en");
    form.elements.count.value = narrowed ? `${shown.length.toLocaleString("en")} of ${total}` : `${total} beads`;
    for (const listener of listeners) listener();
  }

  function reorder() {
    beads.sort(form.elements.order.value === "certainty");
    apply();
  }

  function clear() {
    form.reset();
    reorder();
    beads.current?.scrollIntoView({ block: "center" });
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => (event.target.name === "order" ? reorder() : apply()));
  document.querySelector('[data-action="clear"]').addEventListener("click", clear);

  return { apply, clear, search: () => form.elements.text.select(), onChange: (listener) => listeners.push(listener) };
})();
