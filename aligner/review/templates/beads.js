"use strict";
// The beads of the page, which of them are shown, and which one the reader stands on.
const beads = (() => {
  const all = [...document.querySelectorAll(".bead:not(.aside)")];
  const homes = new Map(all.map((bead) => [bead, bead.parentElement]));
  const confidence = (bead) => Number(bead.dataset.confidence);
  const sorted = document.createElement("section");
  let current = null;

  sorted.className = "block";
  sorted.setAttribute("aria-label", "Least confident first");

  function stand(bead) {
    current?.classList.remove("current");
    current?.removeAttribute("aria-current");
    current = bead;
    bead.classList.add("current");
    bead.setAttribute("aria-current", "true");
  }

  function go(bead) {
    if (!bead) return;
    bead.closest("details")?.setAttribute("open", "");
    stand(bead);
    history.replaceState(null, "", `#${bead.id}`);
    bead.focus({ preventScroll: true });
    // Twice: rows on the way get their true height only when they come into view.
    bead.scrollIntoView({ block: "center" });
    requestAnimationFrame(() => bead.scrollIntoView({ block: "nearest" }));
  }

  function step(direction, wanted = () => true) {
    const shown = order().filter((bead) => !bead.hidden);
    const here = shown.indexOf(current);
    const ahead = direction > 0 ? shown.slice(here + 1) : shown.slice(0, Math.max(here, 0)).reverse();
    go(ahead.find(wanted));
  }

  // The least confident bead after the current one; without a current one, or after the last, the least confident of all.
  function doubt() {
    const ranked = byConfidence(all.filter((bead) => !bead.hidden));
    go(ranked[(ranked.indexOf(current) + 1) % ranked.length]);
  }

  const byConfidence = (list) => [...list].sort((one, other) => confidence(one) - confidence(other));
  const order = () => (sorted.isConnected ? [...sorted.children] : all);

  function sort(on) {
    if (on) {
      sorted.append(...byConfidence(all));
      document.querySelector(".columns").after(sorted);
    } else if (sorted.isConnected) {
      for (const [bead, home] of homes) home.append(bead);
      sorted.remove();
    }
  }

  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.classList.contains("bead")) go(target);
  }

  return { all, confidence, doubt, follow, go, order, sort, step, get current() { return current; } };
})();
