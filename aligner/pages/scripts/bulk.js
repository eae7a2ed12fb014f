// What is done to many pairs at once: accepting all that are shown, finding and replacing. Each is looked at before it is
// done, is one step to undo, and each changed pair is an edit of the person like any other. Start reading at `replace`.
const bulk = (() => {
  const { make } = dom;
  const dialog = document.getElementById("bulk-dialog");
  const shown = () => rows.order().filter((node) => !node.hidden).map(rows.bead);

  function show(title, ...content) {
    dialog.replaceChildren(make("h2", { id: "bulk-title" }, title), ...content);
    dialog.setAttribute("aria-labelledby", "bulk-title");
    dialog.showModal();
  }

  const cancel = () => {
    const made = make("button", { type: "button" }, "Cancel");
    made.addEventListener("click", () => dialog.close());
    return made;
  };

  function acceptShown() {
    const drafts = shown().filter((bead) => bead.status === "draft" && bead.target.length);
    if (!drafts.length) return "No draft with a text is shown.";
    const faulty = drafts.filter((bead) => bead.findings.length).length;
    const empty = shown().filter((bead) => bead.status === "draft" && !bead.target.length).length;
    const apply = make("button", { type: "submit", class: "main" }, `Accept ${dom.counted(drafts.length, "pair")}`);
    const form = make("form", {},
      make("p", {}, `You stand for ${drafts.length === 1 ? "the text" : "the texts"} of every draft that is shown.`,
        faulty ? ` The checks found something in ${dom.grouped(faulty)} of them.` : "",
        empty ? ` ${dom.counted(empty, "pair")} without a text ${empty === 1 ? "stays" : "stay"} as ${empty === 1 ? "it is" : "they are"}.` : "",
        " Undo takes it back in one step."),
      make("p", { class: "buttons" }, apply, cancel()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.close();
      const count = review.actAll("status", drafts.map((bead) => [bead, { status: "accepted" }]));
      bar.say(`${dom.counted(count, "pair")} accepted. u takes it back.`);
    });
    show("Accept all shown", form);
    apply.focus();
    return "";
  }

  // What is looked for, as a regular expression; null for nothing, a sentence for what is no expression.
  function pattern({ find, regex, letters, whole }) {
    if (!find.value) return null;
    const plain = regex.checked ? find.value : find.value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const bounded = whole.checked ? `(?<![\\p{L}\\p{N}])(?:${plain})(?![\\p{L}\\p{N}])` : plain;
    try {
      return new RegExp(bounded, letters.checked ? "gu" : "giu");
    } catch {
      return "This is not a regular expression.";
    }
  }

  // A replacement is taken as it stands; only in a regular expression $1 is a group.
  const replaced = (text, wanted, { regex, by }) =>
    edits.line(text.replace(wanted, regex.checked ? by.value : () => by.value));

  const MOST = 200; // changes that are drawn; all of them are counted and done

  function replace() {
    const field = (name, label) => make("label", {}, `${label} `, make("input", { name, autocomplete: "off", spellcheck: "false", maxlength: 1000 }));
    const box = (name, label) => make("label", {}, make("input", { type: "checkbox", name }), ` ${label}`);
    const line = make("output", { class: "soft", "aria-live": "polite" });
    const list = make("ul", { class: "changes" });
    const apply = make("button", { type: "submit", class: "main", disabled: "" }, "Replace");
    const form = make("form", { class: "replace" },
      make("p", { class: "fields" }, field("find", `Find in the ${review.data.view.names[1]}`), field("by", "Replace with")),
      make("p", { class: "fields" }, box("letters", "match case"), box("whole", "whole words"), box("regex", "regular expression")),
      line, list, make("p", { class: "buttons" }, apply, cancel()));
    const fields = form.elements;
    let changes = [];

    const chosen = () => changes.filter((change) => change.on);
    function count() {
      apply.disabled = !chosen().length;
      apply.textContent = chosen().length ? `Replace in ${dom.counted(chosen().length, "pair")}` : "Replace";
    }

    function entry(change) {
      const tick = make("input", { type: "checkbox", "aria-label": `Replace in ${bitext.locator(change.bead)}` });
      tick.checked = change.on;
      tick.addEventListener("change", () => { change.on = tick.checked; count(); });
      return make("li", {}, make("label", {}, tick, make("span", { class: "locator" }, ` ${bitext.locator(change.bead)} `)),
        make("p", { class: "text", lang: review.data.languages[1] },
          make("bdi", {}, diff.marked(diff.changes(bitext.target(change.bead), change.text)))));
    }

    // Every letter: what would come of it.
    function look() {
      const wanted = pattern(fields);
      changes = [];
      if (wanted instanceof RegExp) {
        for (const bead of shown()) {
          const text = bitext.target(bead);
          const now = replaced(text, wanted, fields);
          if (now && now !== text) changes.push({ bead, text: now, on: true });
        }
      }
      line.textContent = typeof wanted === "string" ? wanted : !wanted ? "Only the pairs that are shown are searched."
        : changes.length > MOST ? `${dom.counted(changes.length, "pair")} would change; the first ${MOST}:`
        : changes.length ? `${dom.counted(changes.length, "pair")} would change. They count as edited by you.` : "Nothing would change.";
      list.replaceChildren(...changes.slice(0, MOST).map(entry));
      count();
    }

    form.addEventListener("input", (event) => { if (!event.target.closest(".changes")) look(); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.close();
      const done = review.actAll("text", chosen().map(({ bead, text }) => [bead, { text }]));
      bar.say(`Replaced in ${dom.counted(done, "pair")}. u takes it back.`);
    });
    show("Find and replace", form);
    fields.find.value = concordance.selected();
    look();
    fields.find.select();
  }

  return { acceptShown: () => bar.say(acceptShown()), replace };
})();
