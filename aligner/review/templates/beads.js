"use strict";
// The beads of the page, their order, and the one the reader stands on.
const beads = (() => {
  const all = [...document.querySelectorAll(".bead:not(.aside)")];
  const homes = new Map(all.map((bead) => [bead, bead.parentElement]));
  const certainty = (bead) => Number(bead.dataset.certainty);
  const lengths = new Map(all.map((bead) => [bead, bead.textContent.length]));
  const sorted = document.createElement("section");
  const CHUNK = 50; // as many as the page is made of
  let current = null;

  sorted.setAttribute("aria-label", "Least sure first");

  // How high a chunk that is not laid out yet will be: about 120 characters a line, both sides counted.
  function settle() {
    for (const chunk of document.querySelectorAll(".chunk")) {
      const shown = [...chunk.querySelectorAll(".bead:not([hidden], .aside)")];
      const lines = shown.reduce((sum, bead) => sum + Math.ceil(lengths.get(bead) / 120), 0);
      chunk.hidden = !chunk.querySelector(".block:not([hidden])");
      chunk.style.containIntrinsicBlockSize = `auto ${(1.7 * lines + shown.length).toFixed()}rem`;
    }
  }

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
    const list = order();
    const here = list.indexOf(current);
    const ahead = direction > 0 ? list.slice(here + 1) : list.slice(0, Math.max(here, 0)).reverse();
    go(ahead.find((bead) => !bead.hidden && wanted(bead)));
  }

  // The least sure bead after the current one; without a current one, or after the last, the least sure of all.
  function doubt() {
    const ranked = byCertainty(all.filter((bead) => !bead.hidden));
    go(ranked[(ranked.indexOf(current) + 1) % ranked.length]);
  }

  const byCertainty = (list) => [...list].sort((one, other) => certainty(one) - certainty(other));
  const order = () => (sorted.isConnected ? [...sorted.querySelectorAll(".bead")] : all);

  function chunked(list) {
    const chunks = [];
    for (let start = 0; start < list.length; start += CHUNK) {
      const chunk = document.createElement("div");
      const block = document.createElement("div");
      chunk.className = "chunk";
      block.className = "block";
      block.append(...list.slice(start, start + CHUNK));
      chunk.append(block);
      chunks.push(chunk);
    }
    return chunks;
  }

  function sort(on) {
    if (on) {
      sorted.replaceChildren(...chunked(byCertainty(all)));
      document.querySelector(".columns").after(sorted);
    } else if (sorted.isConnected) {
      for (const [bead, home] of homes) home.append(bead);
      sorted.remove();
    }
  }

  return { all, certainty, doubt, go, lengths, order, settle, sort, step, get current() { return current; } };
})();
