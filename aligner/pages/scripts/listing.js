// The list of documents: searched, sorted and filtered, a view of a hundred at a time. A page on disk has all rows; a served
// one asks for those of the view (aligner.pages.listing does there what `select` does here). What is chosen stands in the
// address. Start reading at `show`.
(() => {
  const { make, visible, grouped } = dom;
  const { rows, server, total, view: VIEW } = JSON.parse(dom.one("#listing-data").textContent);
  const form = dom.one(".listing");
  const fields = form.elements;
  const body = dom.one(".documents tbody");
  const STATUSES = ["accepted", "edited", "rejected"];
  let latest = 0;
  let timer = 0;

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const states = {
    "": () => true, open: (row) => row.reviewed < row.pairs, untouched: (row) => row.pairs && !row.reviewed,
    done: (row) => row.reviewed === row.pairs, errors: (row) => row.errors > 0,
  };
  const mean = (row) => Math.min(1, ...row.means.map(([value]) => value));
  const orders = {
    title: (a, b) => (fold(a.title) < fold(b.title) ? -1 : 1), newest: (a, b) => (a.date > b.date ? -1 : a.date < b.date ? 1 : 0),
    longest: (a, b) => b.pairs - a.pairs, quality: (a, b) => mean(a) - mean(b),
    progress: (a, b) => (a.pairs ? a.reviewed / a.pairs : 1) - (b.pairs ? b.reviewed / b.pairs : 1),
    errors: (a, b) => b.errors - a.errors || b.warnings - a.warnings,
  };

  function select({ text, state, order, start }) {
    const wanted = fold(text).split(/\s+/).filter(Boolean);
    const said = (row) => fold(`${row.title} ${row.id} ${row.publisher} ${row.date}`);
    const found = rows.filter((row) => states[state](row) && wanted.every((word) => said(row).includes(word)));
    if (orders[order]) found.sort(orders[order]);
    return { total: found.length, start, rows: found.slice(start, start + VIEW) };
  }

  async function asked(question) {
    const response = await fetch(`${server.api}/~documents?${new URLSearchParams(question)}`, { headers: { "X-Aligner-Token": server.token } });
    if (!response.ok) throw new Error("The list cannot be read.");
    return response.json();
  }

  function shares({ pairs, statuses }) {
    let sum = 0;
    const parts = STATUSES.filter((name) => statuses[name]).map((name) => {
      const part = dom.draw("rect", { class: name, x: `${(100 * sum) / pairs}%`, width: `${(100 * statuses[name]) / pairs}%` });
      sum += statuses[name];
      return part;
    });
    return dom.draw("svg", { class: "bar shares", "aria-hidden": "true" }, parts);
  }

  function review(row) {
    const list = STATUSES.filter((name) => row.statuses[name]).map((name) =>
      make("li", { class: `status ${name}` }, `${name} `, make("b", {}, grouped(row.statuses[name]))));
    return [make("b", {}, grouped(row.reviewed)), ` of ${grouped(row.pairs)}`, shares(row), list.length ? make("ul", { class: "parts" }, list) : ""];
  }

  function draw(row) {
    const { errors, warnings } = row;
    const found = [errors && make("b", { class: "code E" }, dom.counted(errors, "error")), warnings && make("span", { class: "soft" }, dom.counted(warnings, "warning"))];
    return make("tr", {},
      make("th", { scope: "row" }, make("a", { href: row.address }, make("bdi", { lang: row.lang }, visible(row.title))),
        row.publisher && [make("br"), make("span", { class: "soft" }, make("bdi", {}, visible(row.publisher)))]),
      make("td", { class: "date" }, visible(row.date)),
      make("td", { "data-name": "reviewed" }, review(row)),
      make("td", { "data-name": "findings" }, make("span", { class: "found" }, found.filter(Boolean))),
      make("td", { class: "means", "data-name": "mean" }, row.means.map(([value, measure]) => make("div", {}, make("b", { class: "figure" }, dom.percent(value)), make("span", { class: "soft" }, ` ${measure}`)))),
      make("td", { class: "number", "data-name": "words" }, row.words.map((count, n) => make("div", {}, `${grouped(count)} `, make("span", { class: "soft" }, row.languages[n])))),
      make("td", { class: "look", "data-name": "look here first" }, row.look.map(([place, matter]) =>
        make("a", { class: "doubt", href: `${row.address}#${place}` }, `${place} `, make("span", { class: "soft" }, visible(matter))))));
  }

  const question = (start) => ({ text: fields.text.value.trim(), state: fields.state.value, order: fields.order.value, start });

  async function show(start = 0, scroll = false) {
    const mine = ++latest;
    let found;
    try {
      found = rows ? select(question(start)) : await asked(question(start));
    } catch (error) {
      fields.count.value = error.message;
      return;
    }
    if (mine !== latest) return; // a slow answer must not hide a later one
    body.replaceChildren(...found.rows.map(draw));
    const dated = found.rows.some((row) => row.date);
    dom.one(".documents").classList.toggle("undated", !dated); // no column of nothing
    const last = found.start + found.rows.length;
    fields.count.value = found.total === total ? dom.counted(total, "document") : `${grouped(found.total)} of ${dom.counted(total, "document")}`;
    const turn = dom.one(".turn");
    turn.hidden = found.total <= VIEW;
    dom.one("span", turn).textContent = found.total ? `${grouped(found.start + 1)}–${grouped(last)} of ${grouped(found.total)}` : "";
    dom.one("[value='-1']", turn).disabled = found.start === 0;
    dom.one("[value='1']", turn).disabled = last >= found.total;
    turn.dataset.start = found.start;
    if (scroll) form.scrollIntoView({ block: "start" });
  }

  for (const name of ["state", "order"]) fields[name].value = dom.remembered(`listing.${name}`) ?? "";
  for (const name of ["state", "order"]) if (!fields[name].value) fields[name].selectedIndex = 0;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target.tagName === "SELECT") dom.remember(`listing.${event.target.name}`, event.target.value);
    clearTimeout(timer);
    timer = setTimeout(show, rows ? 0 : 200);
  });
  dom.one(".turn").addEventListener("click", (event) => {
    const way = Number(event.target.closest("button")?.value ?? 0);
    if (way) show(Number(dom.one(".turn").dataset.start) + way * VIEW, true);
  });
  show();
})();
