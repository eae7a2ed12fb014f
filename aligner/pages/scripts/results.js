// The page of results that `aligner find --format html` writes.
(() => {
  const { answer, pages } = JSON.parse(dom.one("#found-data").textContent);
  const address = (hit) => (pages[hit.document] ? `${pages[hit.document]}#${hit.locator}` : "");
  found.draw(dom.one(".hits"), dom.one("output"), answer, address);
})();
