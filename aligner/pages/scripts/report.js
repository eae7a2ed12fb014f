// The report: changes marked, order, filters, search, the two ways to show a change, and keys.
(() => {
  const root = document.documentElement;
  const bar = dom.one(".toolbar");
  const fields = bar.elements;
  const list = document.getElementById("rows");
  const help = document.getElementById("help");
  const letters = dom.one("input[name=keys]", help);
  const chapters = dom.all(".chapter");
  const orders = [...fields.order.options].map((option) => option.value);
  const texts = new Map(); // row → its words, folded
  const REWRITTEN = 0.35; // the similarity, 0 to 1, from which on changes are marked
  let rows = dom.all(".row");
  let current = null;

  const button = (action) => dom.one(`[data-action="${action}"]`);

  // Mark what changed: as one text, and in both versions, which are shown instead when the reader asks for them. Where
  // little is left of the old text, marks would be in nearly every word: both versions stay as they are.
  function markChanges(row) {
    const texts = dom.one(".texts", row);
    const versions = dom.all(".version", texts);
    if (!versions.length) return;
    const [old, now] = ["before", "after"].map((name) => versions.find((each) => each.firstChild.textContent === name));
    const text = (version) => version?.lastElementChild.textContent ?? "";
    const changes = diff.changes(text(old), text(now));
    if (old && now && diff.similarity(changes) < REWRITTEN) return;
    for (const [version, other] of [[old, "insert"], [now, "delete"]]) {
      version?.lastElementChild.replaceChildren(...diff.marked(changes.filter(([kind]) => kind !== other)));
    }
    const { lang } = versions[0].lastElementChild;
    texts.prepend(dom.make("p", { class: "text marked" }, dom.make("bdi", { lang: lang || null }, diff.marked(changes))));
    texts.classList.add("both");
  }

  // The source and both versions: what a search looks into.
  function words(row) {
    if (!texts.has(row)) {
      const parts = dom.all(".source bdi, .text:not(.source, .marked) bdi", row);
      texts.set(row, dom.fold(parts.map((part) => part.textContent).join("\n")).toLowerCase());
    }
    return texts.get(row);
  }

  function matches(row, choice, wanted) {
    const { outcome, document: index, band, news } = row.dataset;
    const wantedOutcome = { "": true, differs: outcome !== "unchanged", news: news !== undefined };
    return (wantedOutcome[choice.outcome] ?? outcome === choice.outcome)
      && (!choice.document || index === choice.document)
      && (!choice.band || band === choice.band)
      && (!wanted || words(row).includes(wanted));
  }

  function apply() {
    const choice = Object.fromEntries(["outcome", "document", "band"].map((name) => [name, fields[name]?.value ?? ""]));
    const wanted = dom.fold(fields.text.value.trim()).toLowerCase();
    const shown = rows.filter((row) => !(row.hidden = !matches(row, choice, wanted)));
    const used = new Set(shown.map((row) => row.dataset.document));
    for (const chapter of chapters) chapter.hidden = chapters.length < 2 || fields.order.value !== "document" || !used.has(chapter.dataset.document);
    for (const name of ["document", "band"]) fields[name]?.classList.toggle("active", fields[name].value !== "");
    dom.one(".nothing").hidden = shown.length > 0;
    fields.count.value = `${dom.grouped(shown.length)} of ${dom.grouped(rows.length)}`;
    if (current?.hidden) leave();
  }

  function sort() {
    const place = orders.indexOf(fields.order.value);
    const rank = new Map(rows.map((row) => [row, Number(row.dataset.ranks.split(" ")[place])]));
    const inOrder = rows.every((row, at) => at === 0 || rank.get(rows[at - 1]) < rank.get(row));
    root.dataset.order = fields.order.value;
    if (inOrder && fields.order.value !== "document") return apply();
    rows.sort((a, b) => rank.get(a) - rank.get(b));
    const before = new Map(chapters.map((chapter) => [chapter.dataset.document, chapter]));
    const sorted = document.createDocumentFragment();
    for (const row of rows) {
      const chapter = before.get(row.dataset.document);
      if (chapter && fields.order.value === "document") sorted.append(chapter);
      before.delete(row.dataset.document);
      sorted.append(row);
    }
    list.append(sorted);
    return apply();
  }

  function leave() {
    current?.classList.remove("current");
    current = null;
  }

  function go(row) {
    leave();
    current = row;
    row.classList.add("current");
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const shown = rows.filter((row) => !row.hidden);
    const next = current ? shown[shown.indexOf(current) + by] : shown[by > 0 ? 0 : shown.length - 1];
    if (next) go(next);
  }

  function toggle(name) {
    const on = button(name).getAttribute("aria-pressed") !== "true";
    button(name).setAttribute("aria-pressed", String(on));
    root.dataset[name] = on ? "on" : "off";
    current?.scrollIntoView({ block: "nearest" });
  }

  function nextTheme() {
    button("theme").textContent = `Theme: ${dom.nextTheme()}`;
  }

  function nextOrder() {
    fields.order.value = orders[(orders.indexOf(fields.order.value) + 1) % orders.length];
    sort();
  }

  function clear() {
    const order = fields.order.value;
    bar.reset();
    fields.order.value = order;
    apply();
  }

  function only(index) {
    if (fields.document) fields.document.value = index;
    fields.outcome.value = "";
    apply();
    list.scrollIntoView();
  }

  // A sentence that the address names is shown, whatever the filters say.
  function follow() {
    const row = document.getElementById(location.hash.slice(1));
    if (!row?.classList.contains("row")) return;
    if (row.hidden) {
      clear();
      fields.outcome.value = "";
      apply();
    }
    go(row);
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    o: nextOrder,
    d: () => toggle("apart"),
    s: () => toggle("sources"),
    t: nextTheme,
    "/": () => fields.text.select(),
    "?": () => help.togglePopover(),
    Escape: clear,
  };

  // While a field or the help has the keyboard, only Escape means something here. Letter keys can be switched off for
  // people who speak to their computer (WCAG 2.1.4).
  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.closest?.("input[type=search], select");
    if (field && event.key === "Escape") field.blur();
    const busy = field || (help.matches(":popover-open") && event.key !== "?");
    const action = busy ? null : keys[event.key];
    if (!action || (event.key.length === 1 && !letters.checked)) return;
    event.preventDefault();
    action();
  }

  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.addEventListener("input", (event) => (event.target.name === "order" ? sort() : apply()));
  list.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (row && !event.target.closest("a") && !String(getSelection())) go(row);
  });
  for (const link of dom.all("a.only")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      only(link.dataset.document);
    });
  }
  button("apart").addEventListener("click", () => toggle("apart"));
  button("sources").addEventListener("click", () => toggle("sources"));
  button("theme").addEventListener("click", nextTheme);
  button("clear").addEventListener("click", clear);
  button("theme").textContent = `Theme: ${root.dataset.theme ?? "system"}`;
  letters.checked = dom.remembered("keys") !== "off";
  letters.addEventListener("change", () => dom.remember("keys", letters.checked ? "on" : "off"));
  addEventListener("keydown", onKey);
  addEventListener("hashchange", follow);
  if (!dom.one(".row .source")) button("sources").hidden = true;
  if (rows.every((row) => row.dataset.outcome === "unchanged")) fields.outcome.value = "";
  bar.hidden = false;
  sort();
  rows.slice(0, 30).forEach(markChanges);
  gradually(rows.slice(30), (row) => [row], markChanges);
  follow();
})();
