// Edits: what each does to the beads. A pure function, the same rules as aligner.editing; what comes back from the
// server counts for more (it cuts new texts into sentences, which the page cannot).
const edits = (() => {
  class Conflict extends Error {}

  const GONE = "This pair is no longer there: it was merged, split or moved.";
  const CHANGED = "This pair was changed in the meantime.";
  const ASIDE = "A sentence set aside as boilerplate is not merged, split or moved.";
  const UNCUT = "Its new text is not cut into sentences yet: import the edits first.";

  const UNTYPED = /[\0-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]|\p{Surrogate}/gu;
  const LINE_END = /[\n\r\v\f\x85\u2028\u2029]/;

  // A text as it is stored: NFC, on one line, without spaces around it (aligner.editing.texts does the same).
  function line(text) {
    const pieces = text.normalize("NFC").replace(UNTYPED, "").split(LINE_END);
    return pieces.map((piece) => piece.trim()).filter(Boolean).join(" ");
  }

  const words = (text) => line(text).replace(/\s+/g, " ");
  const same = (one, other) => words(one) === words(other);

  // Whether a text is exactly the bead's segments, whatever white space stands between them.
  function says(bead, text) {
    let rest = line(text);
    for (const [, segment] of bead.target) {
      const piece = line(segment);
      if (!rest.startsWith(piece)) return false;
      rest = rest.slice(piece.length).trimStart();
    }
    return !rest;
  }

  // What the person sees now, for an edit to say; and of the text with which the page was made, its fingerprint and its
  // maker: both stay with the bead whatever the person writes.
  function before(bead) {
    const sent = Object.entries({ written: bead.written, maker: bead.maker }).filter(([, value]) => value);
    return { target: bitext.target(bead), status: bead.status, ...Object.fromEntries(sent) };
  }

  const ours = (origin) => origin === "mt" || origin === "memory";

  // Whether the machine only says something else since the person saw its draft: nobody else changed anything.
  const retold = (bead, edit) => Boolean(edit.before.maker) && ours(bead.origin) && bead.status === "draft"
    && (edit.op === "text" || edit.op === "note" || edit.status === "accepted");

  function isDone(bead, edit) {
    if (edit.op === "status") return bead.status === edit.status;
    if (edit.op === "note") return bead.note === edit.note;
    return edit.op === "text" && says(bead, edit.text);
  }

  // The data with an edit applied; throws Conflict with a sentence that says why not.
  function apply(data, edit) {
    const index = data.beads.findIndex((bead) => bitext.locator(bead) === edit.bead);
    const bead = data.beads[index];
    if (!bead) throw new Conflict(GONE);
    if (isDone(bead, edit)) return data;
    const seen = before(bead);
    const known = same(seen.target, edit.before.target) || retold(bead, edit);
    if (!known || seen.status !== edit.before.status) throw new Conflict(CHANGED);
    const [from, to, beads] = operations[edit.op](data.beads, index, edit);
    return { ...data, beads: data.beads.toSpliced(from, to - from, ...beads) };
  }

  // Many edits, one after the other: `kept` gets those that changed something or were done already, `refused` is called
  // with the others and why. Edits that only set a text, a status or a note find their bead without a search.
  function applyAll(data, list, kept, refused = () => {}) {
    const simple = list.length > 20 && list.every(({ op }) => op === "status" || op === "text" || op === "note");
    if (!simple) return oneByOne(data, list, kept, refused);
    const places = new Map(data.beads.map((bead, index) => [bitext.locator(bead), index]));
    const beads = [...data.beads];
    for (const edit of list) {
      const index = places.get(edit.bead);
      const found = index === undefined ? [] : [beads[index]];
      const after = oneByOne({ ...data, beads: found }, [edit], kept, refused);
      if (index !== undefined) [beads[index]] = after.beads;
    }
    return { ...data, beads };
  }

  function oneByOne(data, list, kept, refused) {
    let now = data;
    for (const edit of list) {
      try {
        now = apply(now, edit);
        kept.push(edit);
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        refused(edit, error.message);
      }
    }
    return now;
  }

  const changed = (bead, edit) => ({ ...bead, changed: edit.at ?? bead.changed, by: edit.by ?? bead.by });
  const only = (index, bead) => [index, index + 1, [bead]];

  const operations = {
    status: (beads, index, edit) => only(index, judged(beads[index], edit)),
    note: (beads, index, edit) => only(index, changed({ ...beads[index], note: edit.note }, edit)),
    text: (beads, index, edit) => only(index, rewritten(beads[index], edit)),
    merge(beads, index, edit) {
      if (index + 1 >= beads.length) throw new Conflict("Nothing follows this pair.");
      const parts = free(beads.slice(index, index + 2));
      const shape = [parts.flatMap((bead) => bead.source), parts.flatMap((bead) => bead.target)];
      return [index, index + 2, regrouped(parts, [shape], edit)];
    },
    split(beads, index, edit) {
      const [bead] = free([beads[index]]);
      const shapes = [
        [bead.source.slice(0, edit.source), bead.target.slice(0, edit.target)],
        [bead.source.slice(edit.source), bead.target.slice(edit.target)],
      ];
      if (bead.uncut) throw new Conflict(UNCUT);
      if (!shapes.every(([s, t]) => s.length + t.length)) throw new Conflict("One of the two parts would be empty.");
      return [index, index + 1, regrouped([bead], shapes, edit)];
    },
    move(beads, index, edit) {
      const first = edit.to === "previous" ? index - 1 : index;
      if (first < 0 || first + 2 > beads.length) throw new Conflict("There is no pair on that side.");
      if (!beads[index][edit.side].length) throw new Conflict(`This pair has no ${edit.side} segment.`);
      if (edit.side === "target" && beads[index].uncut) throw new Conflict(UNCUT);
      const parts = free(beads.slice(first, first + 2));
      const all = parts.flatMap((bead) => bead[edit.side]);
      const border = parts[0][edit.side].length + (edit.to === "previous" ? 1 : -1);
      const shares = [all.slice(0, border), all.slice(border)];
      const shape = (bead, share) => (edit.side === "source" ? [share, bead.target] : [bead.source, share]);
      const shapes = parts.map((bead, k) => shape(bead, shares[k]));
      return [first, first + 2, regrouped(parts, shapes.filter(([s, t]) => s.length + t.length), edit)];
    },
  };

  function free(beads) {
    if (beads.some(bitext.aside)) throw new Conflict(ASIDE);
    return beads;
  }

  // What is accepted is what the person saw, also where the machine says something else since.
  function judged(bead, edit) {
    const made = { ...bead, status: edit.status };
    if (same(bitext.target(bead), edit.before.target)) return changed(made, edit);
    const [place, , role] = bead.target[0] ?? [bead.source[0][0], "", bead.source[0][2]];
    const target = [[place, line(edit.before.target), role]];
    return changed({ ...made, target, uncut: true, findings: [], translation: null, maker: edit.before.maker }, edit);
  }

  function rewritten(bead, edit) {
    const text = line(edit.text);
    if (bitext.aside(bead)) throw new Conflict("Boilerplate has no translation.");
    const [place, , role] = bead.target[0] ?? [bead.source[0][0], "", bead.source[0][2]];
    const kind = bead.target.length || bead.kind === "locked" ? bead.kind : "aligned";
    const alignment = kind === bead.kind ? bead.alignment : bead.alignment ?? 1;
    const made = { ...bead, kind, alignment, target: text ? [[place, text, role]] : [], uncut: true, findings: [] };
    const whose = author(bead, text);
    const origin = whose === "human" && edit.origin && !same(text, bitext.target(bead)) ? edit.origin : whose;
    if (ours(origin)) {
      const translation = same(text, bitext.target(bead)) ? bead.translation : null;
      const maker = edit.maker ?? made.maker;
      const flags = origin === whose ? made.flags : []; // they were about another text
      return changed({ ...made, origin, maker, flags, status: "accepted", translation }, edit);
    }
    return changed({ ...made, origin, status: "edited", translation: null, flags: [] }, edit);
  }

  // Who wrote a text: what the machine said is never a person's. The server knows what it said earlier, too.
  function author(bead, text) {
    if (!text) return "none";
    const stays = same(text, bitext.target(bead));
    if (stays && ours(bead.origin)) return bead.origin;
    if (bead.machine !== null && same(text, bead.machine)) return "mt";
    return stays ? bead.origin : "human";
  }

  // Beads of new shapes from neighbours: what was known goes to the new ones as far as it still holds.
  function regrouped(old, shapes, edit) {
    return shapes.map(([source, target], number) => {
      const parts = old.filter((bead) => shares(bead.source, source) || shares(bead.target, target));
      const last = number === shapes.length - 1;
      const notes = (last ? old.slice(number) : [old[number]]).map((bead) => bead.note).filter(Boolean);
      return changed({
        source, target, kind: "locked", alignment: 1, translation: null, match: null, findings: [],
        maker: "", written: "", news: false, drafted: parts.map((bead) => bead.drafted).find(Boolean) ?? "",
        machine: shapes.length === 1 ? together(old) : null,
        origin: target.length ? origin(parts.filter((bead) => shares(bead.target, target))) : "none", status: status(parts),
        flags: [...new Set(parts.flatMap((bead) => bead.flags))], note: notes.join("\n"), by: "", changed: "",
        uncut: parts.some((bead) => bead.uncut),
      }, edit);
    });
  }

  const shares = (some, others) => some.some((segment) => others.includes(segment));
  const ORIGINS = ["human", "memory", "mt"]; // a person's part makes the whole a person's
  const origin = (beads) => ORIGINS.find((name) => beads.some((bead) => bead.origin === name)) ?? "human";

  function together(beads) {
    const machine = beads.map((bead) => bead.machine);
    return machine.includes(null) ? null : machine.join(" ");
  }

  function status(beads) {
    const found = new Set(beads.map((bead) => bead.status));
    if (found.size === 1) return beads[0].status;
    return [...found].every((each) => each === "accepted" || each === "edited") ? "edited" : "draft";
  }

  return { Conflict, apply, applyAll, before, line, says };
})();
