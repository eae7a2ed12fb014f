// What the reader chose and the browser remembers: the theme, the changes, the settings of the help.
const settings = (() => {
  const root = document.documentElement;
  const button = (name) => dom.one(`[data-action=${name}]`);

  // A box of the help that stays as it was left; on at first.
  function setting(name) {
    const box = dom.one(`#help input[name=${name}]`);
    box.checked = dom.remembered(name) !== "off";
    box.addEventListener("change", () => dom.remember(name, box.checked ? "on" : "off"));
    return box;
  }

  function nextTheme() {
    const name = dom.nextTheme();
    button("theme").setAttribute("aria-label", `Theme: ${name}`);
    bar.say(`Theme: ${name}`);
    overview.repaint();
  }

  function toggleChanges() {
    const on = root.dataset.changes !== "on";
    root.dataset.changes = on ? "on" : "off";
    button("changes").setAttribute("aria-pressed", String(on));
  }

  button("theme").setAttribute("aria-label", `Theme: ${root.dataset.theme ?? "system"}`);

  return { advance: setting("advance"), letters: setting("keys"), nextTheme, toggleChanges };
})();
