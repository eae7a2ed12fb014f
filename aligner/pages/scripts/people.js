// Who is here: the name that stands for the edits of this page, asked for when the first of them is kept, and the others
// who have the same document open. Start reading at `ask` and `see`.
const people = (() => {
  const { server } = review.data;
  const page = Math.random().toString(36).slice(2, 12);
  const kept = storage.slot(() => localStorage, "aligner.name");
  const here = storage.slot(() => sessionStorage, "aligner.name here"); // who sits here though the server was told another
  const dialog = document.getElementById("name-dialog");
  const line = dom.one("[data-part=others]");
  let others = [];
  let stamp = "";
  let asking = null;

  // Where the server was started for somebody by name, it is that person unless the page is told otherwise.
  const name = () => (server ? here.read() ?? (server.named ? server.by : kept.read() ?? "") : kept.read() ?? "");

  function rename(said) {
    const clean = said.trim().slice(0, 80);
    if (server) here.write(clean || null);
    kept.write(clean || null);
    for (const field of dom.all("input[name=by]")) field.value = clean;
    paint();
  }

  // The name, asked for once where it is not known; whoever gives none is the account that runs the server.
  function ask() {
    if (name()) return Promise.resolve(name());
    asking ??= new Promise((resolve) => {
      const field = dom.one("input", dialog);
      field.value = server?.by ?? "";
      dialog.addEventListener("close", () => {
        rename(field.value || (server?.by ?? ""));
        asking = null;
        resolve(name());
      }, { once: true });
      dialog.showModal();
      field.select();
    });
    return asking;
  }

  // What this page says of itself when it asks for changes.
  function about() {
    const said = { page, name: name(), at: current.row?.id ?? "", writing: editor.isOpen ? "1" : "", others: stamp };
    return new URLSearchParams(said).toString();
  }

  const called = (other, self = "another tab") => (other.name && other.name !== name() ? other.name : self);

  function see(answer) {
    ({ others, stamp } = answer);
    paint();
  }

  // Who writes comes first, then who stands somewhere: the line may be cut, and says all of it on hover.
  const rank = ({ at, writing }) => (at ? (writing ? 0 : 1) : 2);

  function paint() {
    const all = [...others].sort((one, other) => rank(one) - rank(other)).map((each) =>
      `${called(each)}${each.at ? ` ${each.writing ? "is writing" : "is"} at ${each.at}` : " is here"}`).join("; ");
    line.replaceChildren(...all ? dom.visible(all) : []);
    line.title = line.textContent;
    for (const node of dom.all("[data-others]")) delete node.dataset.others;
    for (const each of others) mark(rows.element(each.at));
  }

  function mark(node) {
    const names = node ? others.filter((each) => each.at === node.id).map((each) => called(each, "tab")) : [];
    if (names.length) dom.one(".ref", node)?.setAttribute("data-others", names.join(", "));
  }

  function open() {
    const field = dom.one("#help input[name=by]");
    field.value = name();
    field.addEventListener("change", () => rename(field.value));
    rows.onDraw(mark);
  }

  return { about, ask, get name() { return name(); }, open, see };
})();
