// The store of a page that `aligner review` serves: each edit is sent at once, one after the other; it asks
// the server what other tabs and programs do, and waits for the answer. While the server does not answer, edits wait here.
function serverStore() {
  const { id, server } = review.data;
  const address = `${server.api}/${encodeURIComponent(id)}`;
  const slot = storage.slot(() => sessionStorage, `aligner.unsent ${id}`);
  let sending = false;
  let flying = 0; // edits that are under way
  let away = false;
  let refused = false; // the token of this page is no longer good: the server was restarted
  let listening = null;
  let telling = 0;
  let settled = 0; // edits kept since the page was opened

  const headers = { "X-Aligner-Token": server.token, "Content-Type": "application/json" };

  async function ask(path, options = {}) {
    const response = await fetch(address + path, { ...options, headers, cache: "no-store" });
    const answer = response.status === 204 ? null : await response.json().catch(() => ({}));
    return { status: response.status, answer };
  }

  function post(path, body) {
    return ask(path, { method: "POST", body: JSON.stringify({ version: review.base.version, by: people.name, part: true, ...body }) });
  }

  // The data with what an answer brings: only the beads that are new to this page, or all of it.
  function fresh({ data }) {
    if (data.from === undefined) return { ...bitext.unpack(data), view: review.data.view };
    const { from, to, beads, ...rest } = data;
    return { ...review.base, ...rest, beads: review.base.beads.toSpliced(from, to - from, ...beads) };
  }

  // Send what is pending, the oldest first, until all is kept.
  async function send() {
    if (sending) return;
    sending = true;
    deafen();
    if (review.pending.length) await people.ask(); // the first edit asks who makes it
    while (review.pending.length && !refused) {
      const batch = review.pending.slice(0, review.step(review.pending, 0));
      flying = batch.length;
      try {
        const { status, answer } = await post("/edits", { edits: batch });
        away = false;
        take(batch, status, answer);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // fetch says so when nobody answers
        away = true;
        review.tell();
        await pause(2000);
      }
    }
    sending = false;
    flying = 0;
    review.tell();
    listen();
  }

  // Ask for the rows that the page did not come with, a part at a time; until all are here, edits wait.
  async function complete() {
    const { beads, rest, version } = review.base;
    const found = [];
    sending = true;
    while (found.length < rest && !refused) {
      try {
        const { status, answer } = await ask(`/rows?version=${version}&from=${beads.length + found.length}`);
        if (status === 401 || status === 403) refused = true;
        else if (status !== 200) return location.reload(); // it is another version by now: what waits is kept
        else found.push(...answer.beads);
        away = false;
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        away = true;
        review.tell();
        await pause(2000);
      }
    }
    sending = false;
    if (found.length === rest) review.rebase({ ...review.base, rest: 0, beads: [...beads, ...found] });
    return send();
  }

  // The findings of a long document that was not checked yet come after its rows. An edit meanwhile makes another version:
  // then they are asked for again, for the server has told only what is new.
  async function check() {
    for (;;) {
      const { version } = review.base;
      try {
        const { status, answer } = await ask(`/findings?version=${version}`);
        if (status === 401 || status === 403) return;
        if (version !== review.base.version) continue;
        if (status !== 200) await pause(500); // another program's version, which is on its way here
        else return review.rebase(checked(answer.findings));
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        await pause(2000);
      }
    }
  }

  function checked(found) {
    const beads = review.base.beads.map((bead) => {
      const findings = found[bitext.locator(bead)];
      return findings ? { ...bead, findings } : bead;
    });
    return { ...review.base, beads, server: { ...review.base.server, checking: false } };
  }

  function take(batch, status, answer) {
    const version = review.base.version;
    const rest = review.pending.filter((each) => !batch.includes(each));
    if (status === 200) {
      settled += 1;
      review.rebase(fresh(answer), rest);
    } else if (status === 409 && answer.data) {
      const renewed = fresh(answer);
      review.rebase(renewed); // an edit that no longer fits becomes a conflict here; one that does is sent again
      if (renewed.version === version && review.pending.includes(batch[0])) drop(batch, answer.error);
    } else if (status === 401 || status === 403) {
      refused = true;
      review.tell();
    } else {
      drop(batch, answer.error ?? `The server answered ${status}.`);
    }
  }

  function drop(batch, reason) {
    review.replace(review.pending.filter((each) => !batch.includes(each)));
    for (const edit of batch) review.conflict(edit, reason);
  }

  const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

  function deafen() {
    listening?.abort();
    listening = null;
  }

  // Wait for what others do, while somebody looks at the page; a page that nobody looks at only says that it is there.
  async function listen() {
    if (listening || sending || refused) return;
    if (document.hidden) return;
    const ear = listening = new AbortController();
    while (listening === ear) {
      try {
        const { status, answer } = await ask(`/changes?since=${review.base.version}&part=1&${people.about()}`, { signal: ear.signal });
        if (listening !== ear) return;
        if (away) { away = false; review.tell(); }
        if (status === 200 && answer.others) people.see(answer);
        else if (status === 200 && answer.version !== review.base.version) review.rebase(fresh({ data: answer }));
        else if (status === 401 || status === 403) { refused = true; review.tell(); return; }
        else if (status >= 400) await pause(5000);
      } catch (error) {
        if (error.name === "AbortError") return;
        if (!away) { away = true; review.tell(); }
        await pause(2000);
      }
    }
  }

  // The reader has moved, or begins to write: the others are told a moment later, with the next question.
  function moved() {
    clearTimeout(telling);
    telling = setTimeout(() => { if (listening) { deafen(); listen(); } }, 300);
  }

  // Say that the page is there, or that it is gone.
  function greet(how) {
    ask(`/changes?since=${review.base.version}&${people.about()}&${how}=1`, { keepalive: true }).catch(() => {});
  }

  async function step(path) {
    if (path === "/undo" && review.pending.length > flying) {
      review.replace(review.pending.slice(0, review.pending.length - review.step(review.pending, -1)));
      return "";
    }
    if (sending || away) return "Wait until the server has answered.";
    deafen();
    try {
      const { status, answer } = await post(path, {});
      if (answer?.data) review.rebase(fresh(answer));
      return status === 200 ? "" : answer.error ?? "That is not possible any more.";
    } catch {
      away = true;
      return "The server does not answer.";
    } finally {
      review.tell();
      listen();
    }
  }

  function state() {
    const waiting = review.pending.length;
    const unsaved = waiting ? `; ${waiting} unsaved here` : "";
    if (refused) return { text: `The server was restarted: open its new address${unsaved}`, alarm: true };
    if (away) return { text: `The server does not answer${unsaved}`, alarm: true };
    if (waiting) return { text: "Saving" };
    if (review.base.server.checking) return { text: "Checking the pairs" };
    return { text: settled ? "All saved" : "Every edit is saved at once" };
  }

  const store = {
    served: true,
    state,
    open() {
      const kept = slot.read() ?? { edits: [], conflicts: [] };
      review.restore(kept.conflicts);
      review.replace(kept.edits);
      document.addEventListener("visibilitychange", () => (document.hidden ? deafen() : listen()));
      setInterval(() => { if (document.hidden && !refused) greet("ask"); }, 10_000);
      addEventListener("pagehide", () => greet("gone"));
      current.onMove(moved);
      editor.onToggle(moved);
      const { checking } = review.base.server;
      (review.base.rest ? complete() : send()).then(() => checking && check());
    },
    keep() {
      const some = review.pending.length || review.conflicts.length;
      slot.write(some ? { edits: review.pending, conflicts: review.conflicts } : null);
    },
    pushed: () => { queueMicrotask(send); },
    undo: () => step("/undo"),
    redo: () => step("/redo"),
    save() { storage.download(review.base, review.pending, people.name); },
    get undoable() { return review.pending.length > 0 || review.base.server.undo; },
    get redoable() { return !review.pending.length && review.base.server.redo; },
    get unsaved() { return review.pending.length > 0; },
    get stranded() { return (away || refused) && review.pending.length > 0; },
  };
  return store;
}
