// Draws what a search found: the only place that does, for the list of documents, the results of `aligner find` and the
// review page. An answer is as aligner.search.data writes it; places in it count characters.
const found = (() => {
  const { make, visible } = dom;

  // Units of UTF-16 before a place that counts characters: they differ after an emoji.
  const place = (text, count) => (/[\ud800-\udfff]/.test(text) ? [...text].slice(0, count).join("").length : count);

  // A text with its marks: <mark> is what was looked for, <b class="related"> what corresponds to it.
  function marked({ text, found: hits, related }) {
    const marks = [...hits.map((span) => [...span, "mark"]), ...related.map((span) => [...span, "b"])];
    const parts = [];
    let position = 0;
    for (const [from, to, tag] of marks.sort((a, b) => a[0] - b[0])) {
      const [start, end] = [place(text, from), place(text, to)];
      if (start < position) continue;
      const words = visible(text.slice(start, end));
      parts.push(...visible(text.slice(position, start)), make(tag, tag === "b" ? { class: "related" } : {}, words));
      position = end;
    }
    return [...parts, ...visible(text.slice(position))];
  }

  // One hit; `address` gives where its row is, or nothing.
  function row(hit, languages, address) {
    const href = hit.kind === "document" ? address(hit) : "";
    const name = make("bdi", {}, visible(hit.title || hit.document));
    const where = [name, " ", make("span", { class: "locator" }, visible(hit.locator))];
    const state = hit.kind === "document" ? make("span", { class: `status ${hit.status}` }, hit.status)
      : make("span", { class: "soft" }, "translation memory");
    return make("li", { class: "hit" },
      make("p", { class: "where" }, href ? make("a", { href }, where) : where, " ", state,
        hit.date && make("span", { class: "soft" }, ` ${hit.date}`)),
      ...["source", "target"].map((side, n) =>
        make("p", { class: `text in-${side}`, lang: languages[n] }, make("bdi", {}, marked(hit[side])))));
  }

  function counted({ total, more, searched, stopped, hits }) {
    if (stopped) return `${dom.counted(total, "pair")}, then the search took too long and was stopped.`;
    if (!total) return `Nothing in ${dom.counted(searched, "pair")}.`;
    const shown = more || hits.length < total ? `; the first ${dom.grouped(hits.length)}` : "";
    return `${more ? "More than " : ""}${dom.counted(total, "pair")} of ${dom.grouped(searched)}${shown}`;
  }

  // Show an answer in a list and what there is to say of it in a line.
  function draw(list, line, answer, address) {
    line.textContent = counted(answer);
    list.replaceChildren(...answer.hits.map((hit) => row(hit, answer.languages, address)));
  }

  return { draw };
})();
