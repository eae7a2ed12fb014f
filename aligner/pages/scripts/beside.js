// Beside the text that is being written, under its source: what the checks found, matches of the memories, terms of the
// glossary, other renderings of the model. Each offer has a number: Alt and its digit put it in, as a click does. A text
// that is taken as it is stays its author's: `taken` tells the editor, and the editor the edit. A page from
// disk has the terms, and the reviewed pairs of its own document as a memory. Start reading at `open`.
const beside = (() => {
  const { make, visible } = dom;
  const server = review.data.server;
  const answers = new Map(); // what was asked already, by question and source text
  let panel = null; // { node, place, area, offers, taken }

  async function ask(what, bead) {
    const key = `${what} ${review.base.version} ${bitext.source(bead)}`;
    if (!answers.has(key)) {
      const path = `${encodeURIComponent(review.data.id)}/${what}?bead=${encodeURIComponent(bitext.locator(bead))}`;
      const response = await fetch(`${server.api}/${path}`, { headers: { "X-Aligner-Token": server.token } });
      if (!response.ok) return {};
      answers.set(key, await response.json());
    }
    return answers.get(key);
  }

  // A text put in the place of all that is written, or at the cursor. The browser's own undo takes it back.
  function put(text, whole) {
    const { area } = panel;
    area.focus();
    if (whole) area.select();
    const padded = whole ? text : spaced(area, text);
    if (!document.execCommand("insertText", false, padded)) {
      area.setRangeText(padded, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new InputEvent("input"));
    }
  }

  // A word in the middle of others has spaces around it.
  function spaced({ value, selectionStart: from, selectionEnd: to }, text) {
    const before = from && /[\p{L}\p{N},;:.]/u.test(value[from - 1]) ? " " : "";
    return before + text + (/[\p{L}\p{N}]/u.test(value[to] ?? "") ? " " : "");
  }

  function offer(text, content, { whole = true, origin = "", maker = "", title = "" } = {}) {
    const number = panel.offers.length + 1;
    const take = () => {
      if (whole) panel.taken = { text, origin, maker };
      put(text, whole);
    };
    panel.offers.push(take);
    const key = number < 10 ? make("kbd", { "aria-hidden": "true" }, `Alt ${number}`) : "";
    const button = make("button", { type: "button", class: "offered", title, "aria-keyshortcuts": number < 10 ? `Alt+${number}` : null },
      make("span", { class: "words", lang: review.data.languages[1] }, make("bdi", {}, content)), key);
    button.addEventListener("click", take);
    return button;
  }

  const section = (name, ...content) => make("section", {}, make("h4", { class: "label" }, name), ...content);

  function match(each, bead) {
    const where = [each.memory, each.unit, each.by && `by ${each.by}`, each.changed.slice(0, 10), each.note];
    const differs = each.score < 100 && make("p", { class: "against", lang: review.data.languages[0] },
      diff.marked(diff.changes(each.source, bitext.source(bead))));
    return make("li", {}, make("b", { class: each.score === 100 ? "score exact" : "score" }, `${each.score} %`),
      make("div", {}, offer(each.target, visible(each.target), { origin: "memory" }), differs,
        make("p", { class: "soft" }, make("bdi", {}, visible(where.filter(Boolean).join(" · "))))));
  }

  function term({ source, allowed, forbidden, note }) {
    const never = forbidden.flatMap((text) => [" ", make("del", { title: "The glossary forbids it" }, visible(text))]);
    return make("li", {}, make("bdi", { lang: review.data.languages[0] }, visible(source)), " → ",
      allowed.map((text) => offer(text, visible(text), { whole: false })), never,
      note && make("span", { class: "soft" }, " ", visible(note)));
  }

  // Of a long text only what is around the changes.
  function excerpt(changes) {
    return changes.map(([kind, text], at) => {
      const head = at ? text.slice(0, 24).replace(/\S*$/u, "") : "";
      const tail = at < changes.length - 1 ? text.slice(-24).replace(/^\S*/u, "") : "";
      return kind === "equal" && text.length > 60 ? [kind, `${head}…${tail}`] : [kind, text];
    });
  }

  const rendering = ({ text, quality }, bead, maker) => make("li", {}, offer(text,
    diff.marked(excerpt(diff.changes(bitext.target(bead), text))),
    { origin: "mt", maker, title: quality === null ? "" : `translation ${dom.percent(quality)}` }));

  const finding = ([code, name, message]) => make("li", {},
    make("b", { class: `code ${code[0]}` }, code), ` ${name}: `, make("bdi", {}, visible(message)));

  // A term that a sentence has twice is offered once.
  const once = (terms) => [...new Map(terms.map((each) => [`${dom.fold(each.source)} ${each.allowed}`, each])).values()];

  const list = (name, items) => (items?.length ? section(name, make("ul", {}, items)) : "");

  // The words of each reviewed pair, for finding those that are like another one.
  const words = (text) => new Set(dom.fold(text).match(/[\p{L}\p{N}]+/gu) ?? []);

  // Matches among the reviewed pairs of this document, as a memory would give them: the nearest first, from 60 %.
  function own(bead) {
    const [source, mine] = [bitext.source(bead), words(bitext.source(bead))];
    const shared = (other) => 2 * [...other].filter((word) => mine.has(word)).length / (mine.size + other.size || 1);
    const reviewed = review.data.beads.filter((each) => each !== bead && each.source.length && each.target.length
      && ["accepted", "edited"].includes(each.status) && bitext.locator(each) !== bitext.locator(bead));
    return reviewed.map((each) => [shared(words(bitext.source(each))), each])
      .filter(([share]) => share >= 0.5).sort(([one], [other]) => other - one).slice(0, 12)
      .map(([, each]) => ({
        score: bitext.source(each) === source ? 100 : Math.min(99, Math.floor(100 * diff.similarity(diff.changes(bitext.source(each), source)))),
        memory: "this document", unit: bitext.locator(each), source: bitext.source(each), target: bitext.target(each),
        note: "", by: each.by, changed: each.changed,
      }))
      .filter(({ score }) => score >= 60).sort((one, other) => other.score - one.score).slice(0, 4);
  }

  function fillFromPage(bead) {
    const terms = bead.source.flatMap(([place]) => review.data.view.terms?.[place] ?? []);
    panel.node.append(list("Reviewed here", own(bead).map((each) => match(each, bead))), list("Glossary", once(terms).map(term)),
      make("p", { class: "soft" }, "Memories of the corpus and other renderings: where aligner review serves the page."));
  }

  // Ask, and draw what comes while this pair is still being written.
  async function fill(bead) {
    const mine = panel;
    const still = () => panel === mine;
    try {
      const { matches, terms } = await ask("beside", bead);
      if (!still()) return;
      mine.node.append(list("Translation memory", matches?.map((each) => match(each, bead))), list("Glossary", terms && once(terms).map(term)));
      mine.onGrow();
      const { renderings, maker } = await ask("renderings", bead);
      if (!still()) return;
      mine.node.append(list("Other renderings", renderings?.map((each) => rendering(each, bead, maker))));
      mine.onGrow();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // nobody answers: the bar says so
    }
  }

  // Open for the text of a bead that is written in `area`, in a row; `onGrow` is called when the panel has grown.
  function open(node, bead, area, onGrow) {
    if (panel?.node.isConnected && panel.area === area) return;
    panel?.node.remove();
    const shown = make("aside", { class: "beside", "aria-label": `Beside ${bitext.locator(bead)}` });
    panel = { node: shown, area, offers: [], taken: null, onGrow };
    shown.append(list("Findings", bead.findings.map(finding)));
    const narrow = getComputedStyle(node).gridTemplateColumns.split(" ").length < 3;
    dom.one(narrow ? ".side.target" : ".side.source", node).append(shown);
    if (server) fill(bead);
    else fillFromPage(bead);
  }

  function close() {
    panel?.node.remove();
    panel = null;
  }

  // Put in the offer with a number; whether there is one.
  function take(number) {
    const offered = panel?.offers[number - 1];
    offered?.();
    return Boolean(offered);
  }

  // Whose a text is that was taken as it is: fields for its edit.
  function credit(text) {
    if (!panel?.taken?.origin || edits.line(panel.taken.text) !== text) return {};
    const { origin, maker } = panel.taken;
    return maker ? { origin, maker } : { origin };
  }

  return { close, credit, open, take };
})();
