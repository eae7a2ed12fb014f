// What can be done, by name: buttons and keys mean these.
const actions = (() => {
  function copyLink(node) {
    const say = (where) => () => notices.say(`Link to ${node.id} ${where}`);
    navigator.clipboard?.writeText(dom.one(".ref", node).href).then(say("copied"), say("is in the address bar"));
  }

  // Accept or reject the bead and go on; the second time it is a draft again.
  function judge(status) {
    const { bead } = walk;
    const back = bead.status === status;
    const done = notices.attempt(() => desk.act("status", bead, { status: back ? "draft" : status }));
    if (done && !back && looks.advance.checked) walk.unreviewed();
  }

  // Change the borders of beads; the reader stays at the same height of the page.
  function reshape(op, fields) {
    const at = rows.order().indexOf(walk.row);
    const { bead } = walk;
    if (!notices.attempt(() => desk.act(op, bead, fields))) return;
    const list = rows.order();
    walk.go(walk.row ?? list[Math.min(Math.max(at, 0), list.length - 1)]);
  }

  function move() {
    const beads = desk.data.beads;
    const at = beads.findIndex((bead) => bitext.locator(bead) === bitext.locator(walk.bead));
    const around = { previous: beads[at - 1], next: beads[at + 1] };
    notices.say(shapes.move(walk.bead, around, (fields) => reshape("move", fields)));
  }

  async function back(way) {
    const refusal = await desk.home[way]();
    if (refusal) notices.say(refusal);
    else walk.go(rows.element(rows.changed[0]) ?? walk.row);
  }

  const onBead = (action) => () => { if (walk.bead) action(); else walk.step(1); };
  return {
    copy: onBead(() => copyLink(walk.row)),
    accept: onBead(() => judge("accepted")),
    reject: onBead(() => judge("rejected")),
    edit: onBead(() => notices.say(editor.start("text", walk.bead))),
    note: onBead(() => notices.say(editor.start("note", walk.bead))),
    merge: onBead(() => reshape("merge")),
    split: onBead(() => notices.say(shapes.split(walk.bead, (fields) => reshape("split", fields)))),
    move: onBead(move),
    undo: () => back("undo"),
    redo: () => back("redo"),
    next: () => walk.unreviewed() || notices.say("No draft is left here."),
    previous: () => walk.step(-1, walk.isDraft),
    filters: filter.toggle,
    changes: looks.toggleChanges,
    theme: looks.nextTheme,
    save: () => desk.home.save(),
    conflicts: () => conflicts.show(),
  };
})();
