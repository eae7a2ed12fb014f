// In the review page: looks up the words that are selected, in a row or while writing. A served page shows what the server
// finds; a page on disk opens the list of documents, which has the file to search.
const concordance = (() => {
  const dialog = dom.one("#concordance");
  const server = review.data.server;

  // What is selected, in a field or in the page.
  function selected() {
    const field = document.activeElement;
    const text = field?.tagName === "TEXTAREA" ? field.value.slice(field.selectionStart, field.selectionEnd)
      : String(getSelection());
    return text.replace(/\s+/g, " ").trim();
  }

  function address(hit) {
    const page = hit.document === review.data.id ? "" : `/${encodeURIComponent(hit.document)}`;
    return `${page}#${hit.locator}`;
  }

  async function open() {
    const words = selected();
    if (!words) return bar.say("Select the words to look up first.");
    if (!server) {
      const index = dialog.dataset.index;
      if (!index) return bar.say("This page has no list of documents to search.");
      window.open(`${index}#find=${encodeURIComponent(words)}`, "aligner-search");
      return null;
    }
    const [line, list] = [dom.one("output", dialog), dom.one(".hits", dialog)];
    dom.one("h2 bdi", dialog).replaceChildren(...dom.visible(words));
    line.textContent = "Searching";
    list.replaceChildren();
    dialog.showModal();
    try {
      found.draw(list, line, await lookup.with(server)({ q: words, match: "phrase", in: "both", limit: 50 }), address);
    } catch (error) {
      line.textContent = error.message;
    }
    return null;
  }

  // A hit in this document is gone to; the words that are being written stay where they are.
  dialog.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
  // Also while writing, where letters are letters: the key that Trados has for a concordance.
  addEventListener("keydown", (event) => {
    if (event.key !== "F3" || event.ctrlKey || event.metaKey || event.altKey || dom.one("dialog[open]")) return;
    event.preventDefault();
    open();
  });

  return { open, selected };
})();
