// What the reader chose and the browser remembers: the theme, the changes, the settings of the help.
const looks = (() => {
  const root = document.documentElement;
  const themes = ["system", "light", "dark"];
  const theme = () => root.dataset.theme ?? "system";
  const button = (name) => dom.one(`[data-action=${name}]`);

  function remember(name, value) {
    try { localStorage.setItem(`aligner.${name}`, value); } catch { /* private window: not remembered */ }
  }

  function remembered(name) {
    try { return localStorage.getItem(`aligner.${name}`); } catch { return null; }
  }

  // A box of the help that stays as it was left; on at first.
  function setting(name) {
    const box = dom.one(`#help input[name=${name}]`);
    box.checked = remembered(name) !== "off";
    box.addEventListener("change", () => remember(name, box.checked ? "on" : "off"));
    return box;
  }

  function nextTheme() {
    const name = themes[(themes.indexOf(theme()) + 1) % themes.length];
    if (name === "system") delete root.dataset.theme; else root.dataset.theme = name;
    button("theme").setAttribute("aria-label", `Theme: ${name}`);
    notices.say(`Theme: ${name}`);
    remember("theme", name);
    overview.repaint();
  }

  function toggleChanges() {
    const on = root.dataset.changes !== "on";
    root.dataset.changes = on ? "on" : "off";
    button("changes").setAttribute("aria-pressed", String(on));
  }

  button("theme").setAttribute("aria-label", `Theme: ${theme()}`);

  return { advance: setting("advance"), letters: setting("keys"), nextTheme, toggleChanges };
})();
