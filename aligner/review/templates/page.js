// Theme, changes, links and keys; then the page is ready.
(() => {
  const root = document.documentElement;
  const bar = document.querySelector(".toolbar");
  const help = document.getElementById("help");
  const toast = document.querySelector(".toast");
  const letters = help.querySelector("input[name=keys]");
  const button = (action) => bar.querySelector(`[data-action="${action}"]`);
  const themes = ["system", "light", "dark"];
  const theme = () => root.dataset.theme ?? "system";
  let fading;

  function remember(name, value) {
    try { localStorage.setItem(`aligner.${name}`, value); } catch { /* private window: not remembered */ }
  }

  function remembered(name) {
    try { return localStorage.getItem(`aligner.${name}`); } catch { return null; }
  }

  function setTheme(name) {
    if (name === "system") delete root.dataset.theme; else root.dataset.theme = name;
    button("theme").textContent = `Theme: ${name}`;
    remember("theme", name);
    strip.repaint();
  }

  const nextTheme = () => setTheme(themes[(themes.indexOf(theme()) + 1) % themes.length]);

  function toggleChanges() {
    const on = root.dataset.changes !== "on";
    root.dataset.changes = on ? "on" : "off";
    button("changes").setAttribute("aria-pressed", String(on));
  }

  function say(text) {
    toast.value = text;
    clearTimeout(fading);
    fading = setTimeout(() => { toast.value = ""; }, 2000);
  }

  function copyLink(bead) {
    if (!bead) return;
    navigator.clipboard?.writeText(bead.querySelector(".ref").href)
      .then(() => say(`Link to ${bead.id} copied`), () => say(`Link to ${bead.id} is in the address bar`));
  }

  // Go to the bead that the address names; one that is filtered out comes back first.
  function follow() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.classList.contains("bead")) return;
    if (target.hidden) filter.clear();
    beads.go(target);
  }

  const draft = (bead) => bead.dataset.status === "draft";
  const keys = {
    j: () => beads.step(1),
    k: () => beads.step(-1),
    n: () => beads.step(1, draft),
    p: () => beads.step(-1, draft),
    x: beads.doubt,
    c: () => copyLink(beads.current),
    d: toggleChanges,
    t: nextTheme,
    "/": filter.search,
    "?": () => help.togglePopover(),
    Escape: filter.clear,
  };

  // While a field or the help has the keyboard, only Escape (and ? for the help) means something here. Letter keys can
  // be switched off for people who speak to their computer (WCAG 2.1.4).
  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.closest?.("input[type=search], select");
    if (field && event.key === "Escape") field.blur();
    const busy = field || help.matches(":popover-open");
    const action = busy && !(event.key === "?" && !field) ? null : keys[event.key];
    if (!action || (event.key.length === 1 && !letters.checked)) return;
    event.preventDefault();
    action();
  }

  document.querySelector("main").addEventListener("click", (event) => {
    const link = event.target.closest(".ref");
    if (!link) return;
    event.preventDefault();
    beads.go(link.closest(".bead"));
    copyLink(beads.current);
  });

  button("theme").addEventListener("click", nextTheme);
  button("changes").addEventListener("click", toggleChanges);
  button("theme").textContent = `Theme: ${theme()}`;
  letters.checked = remembered("keys") !== "off";
  letters.addEventListener("change", () => remember("keys", letters.checked ? "on" : "off"));
  addEventListener("keydown", onKey);
  addEventListener("hashchange", follow);
  root.dataset.script = "";
  bar.hidden = false;
  filter.apply();
  follow();
})();
