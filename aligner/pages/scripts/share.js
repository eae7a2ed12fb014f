// What is shown, as a file. A served page asks its server; a page from disk says how its edits come back, and what makes
// the files there.
const share = (() => {
  const { make } = dom;
  const dialog = document.getElementById("bulk-dialog");
  const { id, server } = review.data;
  const FORMS = [["tmx", "TMX", "for OmegaT, Trados, memoQ"], ["xlsx", "XLSX", "a workbook to fill in"], ["docx", "DOCX", "a table in Word"]];
  const shown = () => rows.order().filter((node) => !node.hidden).map((node) => node.id);

  async function save(format) {
    const response = await fetch(`${server.api}/${encodeURIComponent(id)}/export`, {
      method: "POST", headers: { "X-Aligner-Token": server.token, "Content-Type": "application/json" },
      body: JSON.stringify({ format, beads: shown() }),
    });
    if (!response.ok) throw new Error((await response.json()).error);
    const name = decodeURIComponent(response.headers.get("Content-Disposition").split("''")[1]);
    const link = make("a", { href: URL.createObjectURL(await response.blob()), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    return name;
  }

  async function take(format) {
    dialog.close();
    try {
      bar.say(`${await save(format)}: ${dom.counted(shown().length, "pair")}`);
    } catch (error) {
      bar.say(error instanceof TypeError ? "The server does not answer." : `Not exported: ${error.message}.`);
    }
  }

  function fromServer() {
    const some = shown().length;
    if (!some) return [make("p", {}, "No pair is shown.")];
    return [make("p", {}, `${dom.counted(some, "pair")} ${filter.isNarrowed ? "that the filters show" : "of the whole document"}. `,
      make("code", {}, "aligner import"), " takes the file back when it has been worked on."),
      make("div", { class: "offers" }, FORMS.map(([format, name, use]) => {
        const button = make("button", { type: "button", class: "offer" }, make("b", {}, name), make("span", {}, use));
        button.addEventListener("click", () => take(format));
        return button;
      }))];
  }

  function fromDisk() {
    const count = review.pending.length;
    const save_ = make("button", { type: "button", class: "main", disabled: count ? null : "" }, "Save edits");
    save_.addEventListener("click", () => { dialog.close(); review.store.save(); });
    return [
      make("p", {}, "Your edits are kept in this browser. To bring them back into the corpus, save them as a file and send it to whoever made this page; there"),
      make("p", {}, make("code", {}, `aligner import ${id}.edits.json`)),
      make("p", {}, "applies them: each as your own, and none twice. Files of the pairs are made there, too:"),
      make("p", {}, make("code", {}, `aligner export ${id} --format tmx`), " (or xlsx, docx-table)"),
      make("p", { class: "buttons" }, save_),
    ];
  }

  function open() {
    const close = make("button", { type: "button" }, "Close");
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(make("h2", { id: "bulk-title" }, server ? "Export what is shown" : "How your edits come back"),
      ...(server ? fromServer() : fromDisk()), make("p", { class: "buttons" }, close));
    dialog.setAttribute("aria-labelledby", "bulk-title");
    dialog.showModal();
  }

  return { open };
})();
