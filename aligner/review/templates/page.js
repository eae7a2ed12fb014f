"use strict";
(() => {
  const root = document.documentElement;
  const bar = document.querySelector(".toolbar");
  const button = (action) => bar.querySelector(`[data-action="${action}"]`);
  bar.hidden = false;

  function remember(name, value) {
    try { localStorage.setItem(`aligner.${name}`, value); } catch { /* private window */ }
  }

  function setTheme(theme) {
    if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
    button("theme").textContent = `Theme: ${theme}`;
    remember("theme", theme);
  }

  function nextTheme() {
    const themes = ["system", "light", "dark"];
    setTheme(themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % themes.length]);
  }

  function toggleChanges() {
    const on = root.dataset.changes !== "on";
    root.dataset.changes = on ? "on" : "off";
    button("changes").setAttribute("aria-pressed", String(on));
  }

  button("theme").textContent = `Theme: ${root.dataset.theme ?? "system"}`;
  button("theme").addEventListener("click", nextTheme);
  button("changes").addEventListener("click", toggleChanges);
})();
