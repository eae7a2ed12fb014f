// The lists behind buttons of the tool bar. One is open at a time; Escape and a click elsewhere close it.
const menus = (() => {
  const all = dom.all(".menu");

  function close(but = null) {
    for (const menu of all) if (menu !== but) menu.open = false;
  }

  for (const menu of all) {
    menu.addEventListener("toggle", () => { if (menu.open) close(menu); });
    // A choice made with the keyboard: what it opens gives the focus back to the button of the list.
    menu.addEventListener("click", (event) => {
      if (!event.detail && event.target.closest("[data-action]")) dom.one("summary", menu).focus();
    }, true);
    menu.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const items = dom.all("button:not(:disabled)", menu);
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        dom.one("summary", menu).focus();
      } else if (step && menu.open && items.length) {
        items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }
  // By the path of the click: what was clicked may be gone by now, as a list is drawn again after a choice.
  addEventListener("click", (event) => {
    const path = event.composedPath();
    close(path.some((node) => node.dataset?.action) ? null : all.find((menu) => path.includes(menu)));
  });

  // What the checks found, code by code with its count; a click shows those pairs, another one all again.
  function drawFaults() {
    const menu = dom.one(".faults");
    const options = dom.all('select[name="finding"] option[data-counted]', dom.one(".toolbar"));
    const chosen = filter.fields.finding.value;
    const pairs = review.data.beads.filter((bead) => !bitext.aside(bead) && bead.findings.length).length;
    dom.one("[data-part=faults]", menu).textContent = pairs ? `Findings ${dom.grouped(pairs)}` : "Findings";
    dom.one("summary", menu).classList.toggle("active", Boolean(chosen));
    dom.one("ul", menu).replaceChildren(...(options.length ? options.map(({ value, dataset }) => {
      const [code, ...name] = dataset.said.split(" ");
      const isCode = !value.startsWith("flag ");
      const button = dom.make("button", { type: "button", "aria-pressed": String(value === chosen) },
        isCode ? [dom.make("b", { class: `code ${code[0]}` }, code), dom.make("span", {}, name.join(" "))]
          : dom.make("span", {}, dataset.said), dom.make("span", { class: "soft" }, dom.grouped(Number(dataset.counted))));
      button.addEventListener("click", () => filter.choose("finding", value === chosen ? "" : value));
      return dom.make("li", {}, button);
    }) : [dom.make("li", { class: "rest" }, "Nothing was found.")]));
  }

  return { close, drawFaults };
})();
