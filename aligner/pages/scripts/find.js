// The search box of the list of documents: what is asked stands in the address, so that it can be kept and come back to.
(() => {
  const { server, pages, languages, unable } = JSON.parse(dom.one("#find-data").textContent);
  const form = dom.one(".search");
  const [line, list] = [dom.one("output", form), dom.one(".hits")];
  const fields = form.elements;
  const asking = lookup.with(server);
  const WAIT = 250; // milliseconds without a key
  let timer = 0;
  let latest = 0;

  // A server has the page of every document at its id.
  const pageOf = (document) => (server ? `/${encodeURIComponent(document)}` : pages[document]);
  const address = (hit) => (pageOf(hit.document) ? `${pageOf(hit.document)}#${hit.locator}` : "");

  function question() {
    return {
      q: fields.q.value.trim(), match: fields.match.value, in: fields.side.value, status: fields.status.value,
      stems: fields.stems?.checked && ["phrase", "words"].includes(fields.match.value) ? "1" : "", limit: 50,
    };
  }

  async function search() {
    clearTimeout(timer);
    const asked = question();
    const number = ++latest;
    history.replaceState(null, "", asked.q ? `#find=${encodeURIComponent(asked.q)}` : location.pathname);
    for (const part of dom.all(".documents, .listing")) part.hidden = Boolean(asked.q);
    if (!asked.q) {
      line.textContent = "";
      list.replaceChildren();
      return;
    }
    line.textContent = "Searching";
    try {
      const answer = await asking(asked);
      if (number === latest) found.draw(list, line, answer, address); // a slow answer must not hide a later one
    } catch (error) {
      if (number !== latest) return;
      line.textContent = error.message;
      list.replaceChildren();
    }
  }

  // The address says what to look for: a link from a review page, or from somebody's notes.
  function follow() {
    const asked = new URLSearchParams(location.hash.slice(1)).get("find");
    if (asked === null) return;
    fields.q.value = asked;
    search();
  }

  form.hidden = false;
  if (unable) {
    line.textContent = unable;
    for (const field of fields) field.disabled = field.tagName !== "OUTPUT";
    return;
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, WAIT); });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
    event.preventDefault();
    fields.q.select();
  });
  addEventListener("hashchange", follow);
  addEventListener("DOMContentLoaded", follow); // the file of pairs is read by then
})();
