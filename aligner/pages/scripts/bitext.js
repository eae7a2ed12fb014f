// The bitext as the page knows it. A bead holds its segments ([locator, text, role]) itself, so that beads can be cut
// and joined without renumbering; no object is ever changed in place.
const bitext = (() => {
  const joined = (segments) => segments.map((segment) => segment[1]).join(" ");
  const source = (bead) => joined(bead.source);
  const target = (bead) => joined(bead.target);
  const size = (bead) => source(bead).length + target(bead).length;
  const locator = (bead) => (bead.source.length ? bead.source[0][0] : `t${bead.target[0][0]}`);
  const type = (bead) => `${bead.source.length}-${bead.target.length}`;
  const aside = (bead) => bead.kind === "excluded";
  const differs = (bead) => bead.machine !== null && bead.target.length > 0 && bead.machine !== target(bead);

  // Whether a person accepted or edited the text and the machine now says something else.
  const outdated = (bead) =>
    bead.news && (bead.status === "accepted" || bead.status === "edited") && differs(bead);

  // The figures of a bead, [value, measure]; Python leaves out those whose question does not arise.
  const certainties = (bead) => ["alignment", "translation"].map((measure) => [bead[measure], measure])
    .filter(([value]) => value !== null);

  // The lower of them; 1 where nothing about the bead is in question.
  const certainty = (bead) => Math.min(1, ...certainties(bead).map(([value]) => value));

  const low = ([value, measure], view) => value < view.doubtful[measure];
  const doubtful = (bead, view) => !aside(bead) && certainties(bead).some((figure) => low(figure, view));

  // The data of the page or of the server (aligner.pages.data) with beads that hold their segments.
  function unpack({ source: sources, target: targets, beads, ...rest }) {
    const whole = ({ s, t, ...fields }) => {
      const bead = { ...fields, source: s.map((i) => sources[i]), target: t.map((j) => targets[j]) };
      return bead.machine === true ? { ...bead, machine: target(bead) } : bead; // as the target
    };
    const usual = rest.view?.usual; // what the page leaves out; the server sends everything
    return { ...rest, beads: beads.map((bead) => whole({ ...usual, ...bead })) };
  }

  const embedded = () => unpack(JSON.parse(dom.one("#bitext-data").textContent));

  return {
    aside, certainties, certainty, differs, doubtful, embedded, locator, low, outdated, size, source, target, type, unpack,
  };
})();
