// Show the beads that match every choice of the tool bar.
const filter = (() => {
  const form = dom.one(".toolbar");
  const fields = form.elements;
  const opener = dom.one(".fold", form); // where the window is narrow, the filters are behind this button
  const CHOICES = ["status", "type", "certainty", "origin", "only", "finding"];
  const texts = new WeakMap(); // bead → its texts, folded
  const listeners = [];
  let wanted = null; // what is searched for, as a regular expression

  function text(bead) {
    if (!texts.has(bead)) texts.set(bead, [bitext.source(bead), bitext.target(bead), bead.note].map(dom.fold).join("\n"));
    return texts.get(bead);
  }

  function pattern() {
    const typed = dom.fold(fields.text.value);
    fields.text.removeAttribute("aria-invalid");
    if (!typed) return null;
    const source = fields.pattern.checked ? typed : typed.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    try {
      return new RegExp(source, "gimu");
    } catch {
      fields.text.setAttribute("aria-invalid", "true");
      return null;
    }
  }

  const tests = {
    status: (bead, value) => bead.status === value,
    origin: (bead, value) => bead.origin === value,
    type: (bead, value) => (value === "other" ? bitext.type(bead) !== "1-1"
      : value === "null" ? !bead.source.length || !bead.target.length : bitext.type(bead) === value),
    certainty: (bead, value) => (value === "doubtful" ? bitext.doubtful(bead, review.data.view) : below(bead, value)),
    finding: (bead, value) => (value === "any" ? bead.findings.length > 0 : value === "none" ? !bead.findings.length
      : bead.findings.some(([code]) => code === value) || bead.flags.some((flag) => `flag ${flag}` === value)),
    only: (bead, value) => ({
      differs: bitext.differs(bead),
      same: bead.machine !== null && !bitext.differs(bead),
      news: bitext.outdated(bead),
      note: bead.note !== "",
    })[value],
  };

  // Whether a bead's figure is under a limit, as in "translation 0.75".
  function below(bead, limit) {
    const [wanted, share] = limit.split(" ");
    return bitext.certainties(bead).some(([value, measure]) => measure === wanted && value < Number(share));
  }

  function matcher() {
    const chosen = CHOICES.filter((name) => fields[name].value);
    const found = (bead) => !wanted || text(bead).search(wanted) >= 0;
    return (bead) => chosen.every((name) => tests[name](bead, fields[name].value)) && found(bead);
  }

  function apply() {
    wanted = pattern();
    const matches = matcher();
    const narrowed = ["text", ...CHOICES].some((name) => fields[name].value);
    for (const field of dom.all("select", form)) field.classList.toggle("active", field.value !== "");
    const active = CHOICES.filter((name) => fields[name].value).length;
    opener.textContent = active ? `Filters (${active})` : "Filters";
    opener.classList.toggle("active", active > 0);
    const shown = rows.order().filter((node) => !(node.hidden = !matches(rows.bead(node))));
    for (const details of dom.all(".boilerplate")) details.hidden = narrowed;
    settle();
    highlights.search(wanted);
    dom.one(".nothing").hidden = shown.length > 0;
    count();
    for (const listener of listeners) listener();
  }

  function count() {
    const all = rows.order();
    const shown = all.filter((node) => !node.hidden).length;
    const whole = shown === all.length;
    if (review.data.rest) fields.count.value = "Loading";
    else fields.count.value = whole ? dom.counted(shown, "pair") : `${dom.grouped(shown)} of ${dom.grouped(all.length)}`;
  }

  // How high a chunk that is not laid out yet will be: about 120 characters a line, both sides counted.
  function settle() {
    tables.settle(dom.one("main"));
    for (const chunk of dom.all(".chunk")) {
      const beads = dom.all(".bead:not([hidden], .aside)", chunk).map(rows.bead);
      const share = beads.map((bead) => 1 / tables.columns(bead)); // cells stand beside each other
      const lines = beads.reduce((sum, bead, at) => sum + Math.ceil(bitext.size(bead) / 120) * share[at], 0);
      chunk.hidden = !chunk.querySelector(":scope > :not([hidden])");
      chunk.style.containIntrinsicBlockSize = `auto ${(1.7 * lines + 1.5 * share.reduce((sum, each) => sum + each, 0)).toFixed()}rem`;
    }
  }

  function reorder() {
    rows.sort(fields.order.value === "certainty");
    apply();
  }

  function clear() {
    form.reset();
    reorder();
    current.row?.scrollIntoView({ block: "center" });
  }

  // The choices that depend on the document, with how often each occurs.
  function offer() {
    const beads = review.data.beads.filter((bead) => !bitext.aside(bead));
    choices("status", beads.map((bead) => bead.status));
    choices("type", beads.map(bitext.type), (type) => type.replace("-", "–"));
    const written = beads.filter((bead) => bead.target.length);
    choices("origin", written.map((bead) => bead.origin), (name) => review.data.view.origins[name]);
    const names = new Map(beads.flatMap((bead) => bead.findings.map(([code, name]) => [code, `${code} ${name}`])));
    const found = beads.flatMap((bead) => [...new Set(bead.findings.map(([code]) => code))]);
    choices("finding", [...found.sort(), ...beads.flatMap((bead) => bead.flags.map((flag) => `flag ${flag}`))],
      (value) => names.get(value) ?? `translation: ${review.data.view.flags[value.slice(5)]?.[0] ?? value.slice(5)}`);
  }

  function choices(name, values, say = (value) => value) {
    const field = fields[name];
    const chosen = field.value;
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const option of dom.all("option[data-counted]", field)) option.remove();
    const offered = dom.all("option", field).map((option) => option.value);
    if (!counts.has(chosen) && !offered.includes(chosen)) counts.set(chosen, 0);
    for (const [value, count] of counts) {
      field.append(dom.make("option", { value, "data-counted": count, "data-said": say(value) }, `${say(value)} (${dom.grouped(count)})`));
    }
    field.value = chosen;
  }

  // A bead that was changed stays in view even if it no longer matches, until the choices are made again.
  rows.onChange(() => {
    offer();
    count();
    highlights.search(wanted);
    for (const listener of listeners) listener();
  });

  rows.onGrow(apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => (event.target.name === "order" ? reorder() : apply()));
  dom.one('[data-action="clear"]').addEventListener("click", clear);
  offer();

  const toggle = () => opener.setAttribute("aria-expanded", String(opener.getAttribute("aria-expanded") === "false"));

  // Choose something as if in its field.
  function choose(name, value) {
    fields[name].value = value;
    apply();
  }

  return {
    apply, choose, clear, fields, toggle,
    get isNarrowed() { return ["text", ...CHOICES].some((name) => fields[name].value); },
    search: () => fields.text.select(),
    onChange(listener) { listeners.push(listener); },
  };
})();
