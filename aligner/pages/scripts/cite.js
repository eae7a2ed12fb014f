// Quotations: the rows that are chosen, in the form that is chosen, on the clipboard. The page carries the forms as data
// (aligner.citations.forms): templates whose slots are filled here, and what each character becomes. What is said of the
// translation is said in the words of aligner.citations.statements; a test compares the two. Start reading at `open`.
const cite = (() => {
  const SLOT = "\ue000";
  const { forms, languages, made, judged, stretches: most, translator } = review.data.view.cite;
  const dialog = document.getElementById("cite-dialog");
  const { make } = dom;
  let until = null; // the place up to which rows are chosen, from the current one

  // The beads that are chosen, in the order of the text: those of a selection of text, or from the current row to `until`.
  function chosen() {
    const { beads } = review.data;
    const places = beads.map(bitext.locator);
    const selection = getSelection();
    const marked = selection.isCollapsed ? [] : rows.order().filter((node) => selection.containsNode(node, true));
    const ends = (marked.length ? marked.map((node) => node.id) : [current.row?.id, until ?? current.row?.id])
      .map((place) => places.indexOf(place)).filter((at) => at >= 0);
    const found = ends.length ? beads.slice(Math.min(...ends), Math.max(...ends) + 1) : [];
    const text = found.filter((bead) => !bitext.aside(bead)); // page furniture is no part of a passage
    return text.length ? text : found;
  }

  function mark() {
    const places = new Set(until === null ? [] : chosen().map(bitext.locator));
    for (const node of dom.all(".bead.chosen")) node.classList.remove("chosen");
    for (const place of places) rows.element(place)?.classList.add("chosen");
  }

  // Choose the rows from the current one up to this one.
  function extend(node) {
    if (!current.row || !node) return;
    getSelection().removeAllRanges();
    until = node.id;
    mark();
  }

  // One row more, or one less, at the end that moves.
  function reach(direction) {
    const list = rows.order().filter((node) => !node.hidden);
    const at = list.indexOf(rows.element(until ?? current.row?.id));
    const node = at < 0 ? null : list[at + direction];
    if (!node) return;
    extend(node);
    node.scrollIntoView({ block: "nearest" });
  }

  function forget() {
    if (until === null) return;
    until = null;
    mark();
  }

  // Segments as the paragraphs that they are of.
  function paragraphs(segments) {
    const found = new Map();
    for (const [place, text] of segments) {
      const paragraph = place.split(".")[0];
      found.set(paragraph, [...(found.get(paragraph) ?? []), text]);
    }
    return [...found.values()].map((texts) => texts.join(" "));
  }

  const range = (first, last) => (first === last ? first : `${first}–${last}`);
  const ids = (segments) => (segments.length ? range(segments[0][0], segments.at(-1)[0]) : "");

  function place(sources, targets) {
    const [source, target] = [ids(sources), ids(targets)];
    const words = [`${languages[0]}:${source}`, `${languages[1]}:${target}`];
    if (!source || !target) return source ? words[0] : words[1];
    return source === target ? words[0] : `${words[0]} (${words[1]})`;
  }

  // Who made a text, and who answers for it.
  function said(bead) {
    if (!bead.target.length) return made.none;
    let words = made[bead.origin];
    const maker = (bead.maker ?? "").replace(/ [0-9a-f]{8,}$/, "");
    if (bead.origin === "human" && bead.drafted) words = `${bead.drafted} draft${bead.status === "edited" ? "" : ", edited"}`;
    else if (bead.origin === "human" && translator) words += ` by ${translator}`;
    else if (bead.origin === "mt" && maker) words += ` (${maker})`;
    return `${words}, ${judged[bead.status]}${bead.by && bead.status !== "draft" ? ` by ${bead.by}` : ""}`;
  }

  function statement(beads) {
    const groups = [];
    for (const bead of beads) {
      const words = said(bead);
      if (groups.at(-1)?.words === words) groups.at(-1).beads.push(bead);
      else groups.push({ words, beads: [bead] });
    }
    if (new Set(groups.map((group) => group.words)).size <= 1) return groups.length ? groups[0].words : made.none;
    if (groups.length <= most) {
      return groups.map(({ words, beads: [first, ...rest] }) => {
        const last = rest.at(-1) ?? first;
        return `${range(bitext.locator(first), last.source.length ? last.source.at(-1)[0] : bitext.locator(last))}: ${words}`;
      }).join("; ");
    }
    const counts = new Map();
    for (const { words, beads: own } of groups) counts.set(words, (counts.get(words) ?? 0) + own.length);
    return [...counts].sort((one, other) => other[1] - one[1])
      .map(([words, count]) => `${words} (${dom.counted(count, "pair")})`).join("; ");
  }

  // As aligner.citations.escaping: line ends are spaces, controls are left out, the rest is as the form writes it.
  function escaped(text, form) {
    const line = (form.composed ? text.normalize("NFC") : text).replace(/[\t\n\r\v\f\x85\u2028\u2029]+/g, " ")
      .replace(/[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]/gu, "").trim();
    const found = form.opening ? line.match(form.opening) : null;
    const opening = found ? `${found[0]}\\` : "";
    return opening + [...line.slice(found?.[0].length ?? 0)].map((character) => form.escapes[character] ?? character).join("");
  }

  function written(form, beads) {
    const [sources, targets] = ["source", "target"].map((side) => beads.flatMap((bead) => bead[side]));
    const words = statement(beads);
    const values = {
      source: sources.length ? paragraphs(sources) : ["[…]"], target: paragraphs(targets),
      place: [place(sources, targets)], statement: [words], stop: [/[.!?…](?:["”’'»*]|<\/\w+>|&quot;)*$/.test(words) ? "" : "."],
      from: [languages[0]], to: [languages[1]],
    };
    return form.templates[targets.length ? 0 : 1].split(SLOT)
      .map((part, at) => (at % 2 ? values[part].map((text) => escaped(text, form)).join(form.joint) : part)).join("");
  }

  // HTML goes to the clipboard as what it is, too, for word processors.
  async function copy(text, form) {
    const parts = { "text/plain": new Blob([text], { type: "text/plain" }) };
    if (form?.name === "html") parts["text/html"] = new Blob([text], { type: "text/html" });
    if (form?.name === "html" && globalThis.ClipboardItem) await navigator.clipboard.write([new ClipboardItem(parts)]);
    else await navigator.clipboard.writeText(text);
  }

  async function take(text, name, form) {
    try {
      await copy(text, form);
      dialog.close();
      bar.say(`${name} copied`);
    } catch {
      // A browser may keep a page from the clipboard: then the text is there to be copied by hand.
      const field = make("textarea", { rows: 8, readonly: "", "aria-label": name });
      field.value = text;
      dialog.append(make("p", {}, "The browser does not let the page copy: press Ctrl C."), field);
      field.select();
    }
  }

  function open() {
    const beads = chosen();
    if (!beads.length) return;
    const link = dom.one(".ref", rows.element(bitext.locator(beads[0])))?.href ?? location.href;
    const choices = [...forms.map((form) => [form.label, () => written(form, beads), form]), ["Link", () => link, null]];
    const buttons = choices.map(([name, text, form], at) => {
      const button = make("button", { type: "button", "aria-keyshortcuts": at + 1 }, `${name} `, make("kbd", { "aria-hidden": "true" }, String(at + 1)));
      button.addEventListener("click", () => take(text(), name, form));
      return button;
    });
    dialog.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("textarea")) return;
      buttons[Number(event.key) - 1]?.click();
    };
    dialog.replaceChildren(
      make("h2", { id: "cite-title" }, `Quote ${range(bitext.locator(beads[0]), bitext.locator(beads.at(-1)))} as`),
      make("p", {}, dom.visible(statement(beads))), make("div", { class: "forms" }, buttons),
      make("form", { method: "dialog", class: "buttons" }, make("button", {}, "Cancel")),
    );
    dialog.setAttribute("aria-labelledby", "cite-title");
    dialog.showModal();
    buttons[0].focus();
  }

  current.onMove(forget);
  return { extend, forms, open, reach, written };
})();
