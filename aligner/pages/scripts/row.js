// One bead as a row: reference, source, shape, target, margin. Nothing else draws rows; what Python writes is only their
// ids and texts.
const row = (() => {
  const { make, draw, percent, visible } = dom;
  const { view, languages } = review.data;

  // The changes of a side with the numbers of its segments: in a side of several each begins with its own, like verses.
  function pieces(segments, changes) {
    const starts = [];
    let position = 0;
    for (const [place, text] of segments) {
      starts.push([position, place]);
      position += text.length + 1;
    }
    if (segments.length < 2) starts.length = 0;
    const found = [];
    position = 0;
    for (const [kind, whole] of changes) {
      let text = whole;
      while (kind !== "delete" && starts.length && starts[0][0] < position + text.length) {
        const [start, place] = starts.shift();
        found.push([kind, text.slice(0, start - position)], ["number", place]);
        text = text.slice(start - position);
        position = start;
      }
      found.push([kind, text]);
      if (kind !== "delete") position += text.length;
    }
    return found.filter(([, text]) => text);
  }

  function side(name, segments, changes, code, missing, ...remarks) {
    const heading = segments[0]?.[2] === "heading";
    const words = () => make("bdi", {}, diff.marked(pieces(segments, changes)));
    const text = () => make(heading ? "h3" : "p", { class: "text", lang: code }, words());
    const empty = () => missing && make("p", { class: "missing" }, missing);
    return make("div", { class: `side ${name}` }, segments.length ? text() : empty(), remarks);
  }

  const remark = (name, label, text, code = null) =>
    make("p", { class: name }, make("span", { class: "label" }, label), " ", make("bdi", { lang: code }, visible(text)));

  // How the target is set: against the machine translation where the two are alike enough to be compared.
  function compared(bead) {
    const text = bitext.target(bead);
    if (!bitext.differs(bead)) return { changes: [["equal", text]], machine: "" };
    if (bitext.outdated(bead)) return { changes: [["equal", text]], machine: bead.machine };
    const changes = diff.changes(bead.machine, text);
    if (diff.similarity(changes) < view.rewritten) return { changes: [["equal", text]], machine: bead.machine };
    return { changes, machine: "" };
  }

  // What the machine says, below a text that is not made of it: to be opened where it is news.
  function machineText(bead, text) {
    const said = remark("machine", "Machine translation", text, languages[1]);
    const news = () => make("details", { class: "news" }, make("summary", {}, "The machine now says something else"), said);
    return bitext.outdated(bead) ? news() : said;
  }

  // Only exceptions are said on a row: what most pairs of the document are goes without saying.
  const usual = view.origin;

  // A status, and who stands for it; the day and the hour on hover.
  const when = (bead) => (bead.changed ? `on ${bead.changed.slice(0, 16).replace("T", " ")} UTC` : "");
  const state = (bead) => make("span", { class: `status ${bead.status}`, title: when(bead) || null }, bead.status);

  const whose = (bead) => [bead.by && `by ${bead.by}`, when(bead)].filter(Boolean).join(" ");
  const changed = (bead) =>
    bead.by && make("span", { class: "changed", title: whose(bead) }, make("bdi", {}, visible(bead.by)));

  const finding = ([code, name, message]) =>
    make("li", {}, make("b", { class: `code ${code[0]}`, title: name }, code), " ", make("bdi", {}, visible(message)));

  function sure([value, measure]) {
    return make("span", { class: "sure low", title: `${measure}: ${view.measures[measure]}` },
      make("b", { class: "figure" }, percent(value)), ` ${measure}`);
  }

  // The words of a pair's status, origin and lock, as far as they are not what they are everywhere.
  function standing(bead) {
    const words = [
      bead.status !== "draft" && state(bead),
      bead.target.length && bead.origin !== usual && bead.status !== "edited" && view.origins[bead.origin],
      bead.kind === "locked" && make("span", { title: "Aligning again keeps it" }, "locked"),
      changed(bead),
    ].filter(Boolean);
    return words.length ? make("span", { class: "state", title: whose(bead) || null }, words.flatMap((word, at) => (at ? [" · ", word] : [word]))) : "";
  }

  function flag(name) {
    const [said, meaning] = view.flags[name] ?? [name, ""];
    return make("span", { class: view.asking.includes(name) ? "flag asking" : "flag", title: meaning }, visible(said));
  }

  function margin(bead) {
    const low = bead.status === "draft" ? bitext.certainties(bead).filter((figure) => bitext.low(figure, view)) : [];
    const flags = bead.flags.filter((name) => name !== "checks" || !bead.findings.length);
    return make("div", { class: "margin" },
      standing(bead), "\n",
      low.flatMap((figure) => [sure(figure), "\n"]),
      bead.findings.length ? make("ul", { class: "findings" }, bead.findings.map(finding)) : "",
      flags.length ? make("span", { class: "flags" }, flags.map(flag)) : "");
  }

  function asideMargin(bead) {
    const rule = (bead.source[0] ?? bead.target[0])[3];
    return make("div", { class: "margin" },
      bead.status === "draft" ? "" : make("span", { class: "state" }, state(bead)),
      rule ? make("span", { class: "rule", title: "The rule that marked it as boilerplate" }, visible(rule)) : "",
      changed(bead));
  }

  function shape(bead, type) {
    const plain = type === "1-1" || bitext.aside(bead);
    return make("div", { class: "shape" }, plain ? "" : [
      picture.draw(type), make("span", { class: "type" }, type.replace("-", "–")),
    ]);
  }

  // All there is to say of a pair, exception or not: on hover over its locator, and in the bar at the foot.
  function about(bead) {
    const parts = [bead.status, ...bead.target.length ? [view.origins[bead.origin]] : []];
    parts.push(...bitext.certainties(bead).map(([value, measure]) => `${measure} ${percent(value)}`));
    if (bead.maker && bead.origin === "mt") parts.push(`made by ${bead.maker}`);
    if (bead.changed) parts.push(`changed ${bead.changed.slice(0, 16).replace("T", " ")} UTC`);
    if (bead.by) parts.push(`by ${bead.by}`);
    return parts.join(" · ");
  }

  function label(bead, type) {
    const said = bitext.aside(bead) ? ": boilerplate" : type === "1-1" ? "" : `: ${picture.words(type)}`;
    return `Pair ${bitext.locator(bead)}${said}; ${bead.status}`;
  }

  function classes(bead, type, first) {
    const kind = type === "1-1" ? "one" : bead.source.length && bead.target.length ? "many" : "null";
    const others = [bitext.aside(bead) && "aside", bitext.doubtful(bead, view) && "doubtful", first && "first"];
    return ["bead", kind, ...others.filter(Boolean)].join(" ");
  }

  // Draw a bead into its row; `first`: a paragraph begins with it.
  function fill(node, bead, first) {
    const type = bitext.type(bead);
    const place = bitext.locator(bead);
    const aside = bitext.aside(bead);
    const { changes, machine } = compared(bead);
    const [noSource, noTarget] = view.names.map((name) => (aside ? "" : `nothing in the ${name}`));
    node.className = classes(bead, type, first);
    node.id = place;
    node.tabIndex = -1;
    node.setAttribute("aria-label", label(bead, type));
    node.replaceChildren(
      make("a", { class: "ref", href: `#${place}`, title: aside ? null : about(bead) }, place),
      side("source", bead.source, [["equal", bitext.source(bead)]], languages[0], noSource),
      shape(bead, type),
      side("target", bead.target, changes, languages[1], noTarget,
        machine && machineText(bead, machine),
        bead.match && remark("match", ...bead.match),
        bead.note && remark("note", "Note", bead.note)),
      aside ? asideMargin(bead) : margin(bead));
  }

  return { about, fill };
})();
