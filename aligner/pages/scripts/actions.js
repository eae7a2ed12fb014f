// What can be done, by name: buttons and keys mean these.
const actions = (() => {
  function copyLink(node) {
    const say = (where) => () => notices.say(`Link to ${node.id} ${where}`);
    navigator.clipboard?.writeText(dom.one(".ref", node).href).then(say("copied"), say("is in the address bar"));
  }

  // Accept or reject the bead and go on; the second time it is a draft again.
  function judge(status) {
    const { bead } = current;
    const back = bead.status === status;
    const done = notices.attempt(() => review.act("status", bead, { status: back ? "draft" : status }));
    if (done && !back && looks.advance.checked) current.unreviewed();
  }

  // Change the borders of beads; the reader stays at the same height of the page.
  function reshape(op, fields) {
    const at = rows.order().indexOf(current.row);
    const { bead } = current;
    if (!notices.attempt(() => review.act(op, bead, fields))) return;
    const list = rows.order();
    current.go(current.row ?? list[Math.min(Math.max(at, 0), list.length - 1)]);
  }

  function move() {
    const beads = review.data.beads;
    const at = beads.findIndex((bead) => bitext.locator(bead) === bitext.locator(current.bead));
    const around = { previous: beads[at - 1], next: beads[at + 1] };
    notices.say(regroup.move(current.bead, around, (fields) => reshape("move", fields)));
  }

  async function back(way) {
    const refusal = await review.store[way]();
    if (refusal) notices.say(refusal);
    else current.go(rows.element(rows.changed[0]) ?? current.row);
  }

  const onBead = (action) => () => { if (current.bead) action(); else current.step(1); };
  return {
    copy: onBead(() => copyLink(current.row)),
    accept: onBead(() => judge("accepted")),
    reject: onBead(() => judge("rejected")),
    edit: onBead(() => notices.say(editor.start("text", current.bead))),
    note: onBead(() => notices.say(editor.start("note", current.bead))),
    merge: onBead(() => reshape("merge")),
    split: onBead(() => notices.say(regroup.split(current.bead, (fields) => reshape("split", fields)))),
    move: onBead(move),
    undo: () => back("undo"),
    redo: () => back("redo"),
    next: () => current.unreviewed() || notices.say("No draft is left here."),
    previous: () => current.step(-1, current.isDraft),
    filters: filter.toggle,
    changes: looks.toggleChanges,
    theme: looks.nextTheme,
    save: () => review.store.save(),
    conflicts: () => conflicts.show(),
  };
})();
