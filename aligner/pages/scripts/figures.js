// The figures of the head, brought up to date, and how far the review has come.
const figures = (() => {
  const { grouped, make } = dom;
  const STATUSES = ["draft", "accepted", "edited", "rejected"];
  const place = (name) => dom.one(`[data-figure=${name}]`);

  function counted(values) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  }

  const share = (count, total) => [`${grouped(count)} `, make("span", {}, `of ${grouped(total)}`)];

  function progress() {
    const beads = review.data.beads.filter((bead) => !bitext.aside(bead));
    const statuses = counted(beads.map((bead) => bead.status));
    return { beads, statuses, total: beads.length, reviewed: beads.length - (statuses.get("draft") ?? 0) };
  }

  function draw() {
    if (review.data.rest) return; // what the page says is of all rows
    const { beads, statuses, total, reviewed } = progress();
    const types = [...counted(beads.map(bitext.type))].sort((one, other) => other[1] - one[1]);
    place("pairs").replaceChildren(grouped(total));
    place("types").replaceChildren(...types.map(([type, count]) => make("li", { title: picture.words(type) },
      picture.draw(type), `${type.replace("-", "–")} `, make("b", {}, grouped(count)))));
    place("reviewed").replaceChildren(...share(reviewed, total));
    place("statuses").replaceChildren(...STATUSES.filter((name) => statuses.has(name)).map((name) =>
      make("li", { class: `status ${name}` }, `${name} `, make("b", {}, grouped(statuses.get(name))))));
    place("differing").replaceChildren(...share(beads.filter(bitext.differs).length, total));
    const outdated = beads.filter(bitext.outdated).length;
    place("outdated").replaceChildren(outdated ? `${grouped(outdated)} reviewed before the machine changed` : "");
  }

  return { draw, progress };
})();
