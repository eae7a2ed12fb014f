"use strict";
// The report: order, filters, search, the two ways to show a change, and keys.
(() => {
  const root = document.documentElement;
  const bar = document.querySelector(".toolbar");
  const fields = bar.elements;
  const list = document.getElementById("rows");
  const help = document.getElementById("help");
  const letters = help.querySelector("input[name=keys]");
  const chapters = [...document.querySelectorAll(".chapter")];
  const orders = [...fields.order.options].map((option) => option.value);
  const texts = new Map();
  let rows = [...document.querySelectorAll(".row")];
  let current = null;

  const button = (action) => document.querySelector(`[data-action="${action}"]`);
  const plain = (c) => (/\s/.test(c) ? " " : c === "’" ? "'" : c.normalize("NFD")[0]);
  const fold = (text) => text.replace(/[^\x00-\x7f]/g, plain).toLowerCase();

  // Letters that are remembered for all pages of the house; a private window remembers nothing.
  function remember(name, value) {
    try { localStorage.setItem(`aligner.${name}`, value); } catch { /* not remembered */ }
  }

  function remembered(name) {
    try { return localStorage.getItem(`aligner.${name}`); } catch { return null; }
  }

  // The words of a row as each version has them, and the source: what a search looks into.
  function words(row) {
    if (!texts.has(row)) {
      const marked = row.querySelector(".marked")?.firstElementChild; // ".marked > bdi" would look through the whole page
      const without = (tag) => [...marked.childNodes].filter((node) => node.nodeName !== tag).map((node) => node.textContent).join("");
      const versions = marked ? [without("INS"), without("DEL")] : [...row.querySelectorAll("bdi")].slice(1).map((part) => part.textContent);
      texts.set(row, fold([row.querySelector(".source")?.textContent ?? "", ...versions].join("\n")));
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
    const wanted = fold(fields.text.value.trim());
    const shown = rows.filter((row) => !(row.hidden = !matches(row, choice, wanted)));
    const used = new Set(shown.map((row) => row.dataset.document));
    for (const chapter of chapters) chapter.hidden = chapters.length < 2 || fields.order.value !== "document" || !used.has(chapter.dataset.document);
    for (const name of ["document", "band"]) fields[name]?.classList.toggle("active", fields[name].value !== "");
    document.querySelector(".nothing").hidden = shown.length > 0;
    fields.count.value = `${shown.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
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

  // Both versions whole, each with its own marks, made from the marked text when they are first asked for.
  function takeApart() {
    for (const marked of document.querySelectorAll(".row:not(.unchanged) > .texts:not(.both) > .marked")) {
      marked.parentElement.classList.add("both");
      for (const [name, other] of [["before", "ins"], ["after", "del"]]) {
        const text = marked.querySelector("bdi").cloneNode(true);
        for (const part of text.querySelectorAll(other)) part.remove();
        const label = document.createElement("span");
        label.className = "label";
        label.textContent = name;
        const version = document.createElement("p");
        version.className = "text version made";
        version.lang = marked.lang;
        version.append(label, " ", text);
        if (text.textContent) marked.parentElement.append(version);
      }
    }
  }

  function toggle(name) {
    const on = button(name).getAttribute("aria-pressed") !== "true";
    button(name).setAttribute("aria-pressed", String(on));
    root.dataset[name] = on ? "on" : "off";
    if (name === "apart" && on) takeApart();
    current?.scrollIntoView({ block: "nearest" });
  }

  function setTheme(name) {
    if (name === "system") delete root.dataset.theme; else root.dataset.theme = name;
    button("theme").textContent = `Theme: ${name}`;
    remember("theme", name);
  }

  function nextTheme() {
    const themes = ["system", "light", "dark"];
    setTheme(themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % themes.length]);
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
  for (const link of document.querySelectorAll("a.only")) {
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
  letters.checked = remembered("keys") !== "off";
  letters.addEventListener("change", () => remember("keys", letters.checked ? "on" : "off"));
  addEventListener("keydown", onKey);
  addEventListener("hashchange", follow);
  if (!document.querySelector(".row .source")) button("sources").hidden = true;
  if (rows.every((row) => row.dataset.outcome === "unchanged")) fields.outcome.value = "";
  bar.hidden = false;
  sort();
  follow();
})();
