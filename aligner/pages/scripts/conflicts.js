// Edits of pairs that have changed meanwhile: what is there now beside what was wanted, and the choice between them.
const conflicts = (() => {
  const { make } = dom;
  const dialog = document.getElementById("conflicts");
  const SAID = {
    status: (edit) => `Status: ${edit.status}`,
    text: (edit) => edit.text,
    note: (edit) => edit.note,
    merge: () => "Merge with the next pair",
    split: () => "Split in two",
    move: (edit) => `Move a ${edit.side} segment to the ${edit.to} pair`,
  };
  let known = 0;

  function button(name, action) {
    const made = make("button", { type: "button" }, name);
    made.addEventListener("click", action);
    return made;
  }

  const quoted = (label, text) =>
    make("div", {}, make("dt", {}, label), make("dd", {}, make("bdi", {}, dom.visible(text))));
  const present = (edit, bead) => (edit.op === "note" ? bead.note || "no note" : bitext.target(bead) || "nothing");

  function entry(conflict) {
    const { edit, reason } = conflict;
    const node = rows.element(edit.bead);
    const bead = node && rows.bead(node);
    const insist = () => {
      review.resolve(conflict);
      bar.attempt(() => review.act(edit.op, bead, edit));
    };
    const text = edit.op === "text" || edit.op === "note";
    return make("li", {}, make("h3", {}, `Pair ${edit.bead}`), make("p", {}, reason),
      make("dl", {}, bead ? quoted("Now", present(edit, bead)) : "",
        quoted(text ? "You wrote" : "You wanted", SAID[edit.op](edit))),
      make("p", { class: "buttons" },
        bead && (text || edit.op === "status") ? button("Use mine", insist) : "",
        text ? button("Copy mine", () => navigator.clipboard?.writeText(edit[edit.op])) : "",
        button(bead ? "Leave what is there" : "Discard mine", () => review.resolve(conflict))));
  }

  function draw() {
    const list = review.conflicts;
    dom.one("ul", dialog).replaceChildren(...list.map(entry));
    if (!list.length) dialog.close();
    else if (list.length > known && !dialog.open && !editor.isOpen) show(); // nobody who writes is interrupted
    known = list.length;
  }

  // The button that changes nothing has the keyboard: an Enter that comes late must not decide.
  function show() {
    dialog.showModal();
    dom.one("form button", dialog).focus();
  }

  return { draw, show };
})();
