// Which segments belong together: merging, splitting and moving, each with a look at what comes of it.
const regroup = (() => {
  const { make } = dom;
  const dialog = document.getElementById("shape-dialog");
  const { names } = review.data.view;
  const SIDES = ["source", "target"];

  function show(title, ...content) {
    const id = "shape-title";
    dialog.replaceChildren(make("h2", { id }, title), ...content);
    dialog.setAttribute("aria-labelledby", id);
    dialog.showModal();
  }

  const button = (name, action, attributes = {}) => {
    const made = make("button", { type: "button", ...attributes }, name);
    made.addEventListener("click", action);
    return made;
  };
  const cancel = () => button("Cancel", () => dialog.close());

  // Where a bead can be cut: [source kept, target kept].
  function cuts(bead) {
    const [s, t] = [bead.source.length, bead.target.length];
    const found = [];
    for (let k = 0; k <= s; k += 1) for (let l = 0; l <= t; l += 1) if (k + l && k + l < s + t) found.push([k, l]);
    return found;
  }

  // The cut that leaves both sides cut at about the same share of the text.
  function likeliest(bead) {
    const share = (segments, count) => {
      const lengths = segments.map((segment) => segment[1].length);
      const sum = (list) => list.reduce((total, length) => total + length, 0);
      return sum(lengths) ? sum(lengths.slice(0, count)) / sum(lengths) : 0.5;
    };
    const cutsBoth = ([k, l]) => k && l && k < bead.source.length && l < bead.target.length;
    const badness = ([k, l]) => Math.abs(share(bead.source, k) - share(bead.target, l))
      + Math.abs(0.5 - share(bead.source, k)) / 10 + (cutsBoth([k, l]) ? 0 : 0.5);
    return cuts(bead).reduce((best, cut) => (badness(cut) < badness(best) ? cut : best));
  }

  // Ask where to cut; `act` is called with {source, target}. A sentence when there is nothing to cut.
  function split(bead, act) {
    if (bitext.aside(bead)) return "Boilerplate is not split.";
    const possible = cuts(bead);
    if (!possible.length) return "One segment alone cannot be split.";
    if (possible.length === 2) {
      act({ source: Math.min(1, bead.source.length), target: bead.source.length ? 0 : 1 });
      return "";
    }
    const chosen = likeliest(bead);
    const preview = make("div", { class: "preview", "aria-live": "polite" });
    const apply = make("button", { type: "submit", class: "main" }, "Split");
    const draw = () => {
      preview.replaceChildren(...halves(bead, chosen));
      apply.disabled = !possible.some(([k, l]) => k === chosen[0] && l === chosen[1]);
    };
    const choose = (which) => (count) => {
      chosen[which] = count;
      draw();
    };
    const choices = [0, 1].filter((which) => bead[SIDES[which]].length)
      .map((which) => choice(bead[SIDES[which]], names[which], chosen[which], choose(which)));
    const form = make("form", {}, make("div", { class: "cuts" }, choices), preview,
      make("p", { class: "buttons" }, apply, cancel()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.close();
      act({ source: chosen[0], target: chosen[1] });
    });
    show(`Split ${bitext.locator(bead)}`, form);
    draw();
    dom.one("input:checked", form).focus();
    return "";
  }

  function choice(segments, name, start, choose) {
    const labels = ["nothing above", ...segments.slice(0, -1).map(([place]) => `after ${place}`), "nothing below"];
    const inputs = Array.from({ length: segments.length + 1 }, (_, count) => {
      const input = make("input", { type: "radio", name: `cut ${name}`, value: count });
      input.checked = count === start;
      input.addEventListener("change", () => choose(count));
      return make("label", {}, input, ` ${labels[count]}`);
    });
    return make("fieldset", {}, make("legend", {}, `Cut the ${name}`), inputs);
  }

  // The two beads that a cut would make.
  function halves(bead, [k, l]) {
    const above = [bead.source.slice(0, k), bead.target.slice(0, l)];
    const below = [bead.source.slice(k), bead.target.slice(l)];
    return [above, below].map((sides) => make("div", { class: "half" }, sides.map(side)));
  }

  function side(segments, which) {
    if (!segments.length) return make("p", { class: "none" }, "nothing");
    const words = ([place, text]) => [make("sup", { class: "n" }, place), make("bdi", {}, dom.visible(text)), " "];
    return make("p", { lang: review.data.languages[which] }, segments.flatMap(words));
  }

  // Ask what to give to which neighbour; `act` is called with {side, to}.
  function move(bead, around, act) {
    if (bitext.aside(bead)) return "Boilerplate is not moved.";
    const offers = [];
    SIDES.forEach((side, which) => {
      for (const to of ["previous", "next"]) {
        const neighbour = around[to];
        if (!bead[side].length || !neighbour || bitext.aside(neighbour)) continue;
        const [place, text] = to === "previous" ? bead[side][0] : bead[side].at(-1);
        offers.push(button([
          make("span", { class: "arrow", "aria-hidden": "true" }, to === "previous" ? "↑" : "↓"),
          make("span", {}, `${names[which]} ${place} to pair ${bitext.locator(neighbour)}`),
          make("bdi", { class: "words", lang: review.data.languages[which] }, dom.visible(text)),
        ], () => { dialog.close(); act({ side, to }); }, { class: "offer" }));
      }
    });
    if (!offers.length) return "There is nothing to move from here.";
    const list = make("div", { class: "offers" }, offers);
    show(`Move a segment of ${bitext.locator(bead)}`, list, make("p", { class: "buttons" }, cancel()));
    dialog.onkeydown = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const at = offers.indexOf(document.activeElement);
      if (step && at >= 0) offers[(at + step + offers.length) % offers.length].focus();
    };
    offers[0].focus();
    return "";
  }

  return { move, split };
})();
