// The ranked list: a listbox with one tab stop. Rows arrive once per ranking; the selection lives here.
const lists = new WeakMap();
// The same length of bar means the same score in every case, so that the first of a patient without an
// answer does not look like one. In log-odds; solved sample patients lie above +2, most variants below −8.
const EMPTY_BAR_LOG_ODDS = -12;
const FULL_BAR_LOG_ODDS = 8;

function share(score) {
  const part = (score - EMPTY_BAR_LOG_ODDS) / (FULL_BAR_LOG_ODDS - EMPTY_BAR_LOG_ODDS);
  return Math.min(1, Math.max(0, part));
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function option(row, data, id) {
  const item = make("div", "row");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.appendChild(make("span", "rank", data.blind ? "" : String(row.rank)));
  const body = item.appendChild(make("span", "body"));
  const first = body.appendChild(make("span", "line"));
  first.appendChild(make("b", "gene", row.gene));
  first.appendChild(make("span", "change", row.change)).title = row.change;
  const second = body.appendChild(make("span", "line facts"));
  second.textContent = [row.effect, row.zygosity, row.frequency, row.features].filter(Boolean).join(" · ");
  const marks = item.appendChild(make("span", "marks"));
  const badges = marks.appendChild(make("span", "badges"));
  if (row.clinvar) {
    const mark = badges.appendChild(make("span", `badge clinvar class-${row.clinvar}`, row.clinvar));
    mark.title = `ClinVar: ${row.clinvar}`;
  }
  if (row.mode) badges.appendChild(make("span", row.mode === "de novo" ? "badge strong" : "badge", row.mode));
  const under = marks.appendChild(make("span", "under"));
  if (row.partner) {
    const pair = under.appendChild(make("span", "pair", `⇄ ${row.partner}`));
    pair.title = `Second hit: rank ${row.partner}, phase ${row.phase || "unknown"}`;
  }
  if (!data.blind && row.score !== undefined) {
    const said = `${row.score < 0 ? "−" : "+"}${Math.abs(row.score).toFixed(1)}`;
    const bar = under.appendChild(make("span", "bar"));
    bar.title = `Score ${said} log-odds: an ordering aid, not a probability`;
    bar.appendChild(make("span", "fill")).style.width = `${Math.round(share(row.score) * 100)}%`;
    under.appendChild(make("span", "score", said));
  }
  return item;
}

// What the list as a whole says; pressed, it tells the reasons to read it with care.
function verdict({ short, sentence, care }) {
  const said = make("details", "verdict");
  said.appendChild(make("summary", "", short));
  said.appendChild(make("p", "", sentence));
  const list = make("ul", "");
  for (const words of care) list.appendChild(make("li", "", words));
  if (care.length) said.append(make("p", "", "Unlike the cases it was fitted on:"), list);
  return said;
}

class RankedList {
  constructor(root, host) {
    this.root = root;
    this.host = host;
    this.version = null;
    this.preset = "All";
    this.sentAt = 0;
  }

  show(data) {
    if (data.version === this.version) {
      if (data.start !== this.start) {
        this.start = data.start;
        this.select(data.start, { tell: false });
      }
      return;
    }
    Object.assign(this, { data, version: data.version, start: data.start, current: data.start });
    if (!data.presets.some((p) => p.name === this.preset && p.count)) this.preset = "All";
    this.root.replaceChildren(this.head(), this.box());
    this.fill();
    this.announce();
  }

  head() {
    const head = make("div", "head");
    const title = head.appendChild(make("div", "title"));
    title.appendChild(make("h2", "", this.data.title || "Ranked variants"));
    this.count = title.appendChild(make("span", "count"));
    this.count.setAttribute("role", "status");
    if (this.data.verdict) head.appendChild(verdict(this.data.verdict));
    const presets = head.appendChild(make("div", "presets"));
    presets.setAttribute("role", "group");
    presets.setAttribute("aria-label", "Show only");
    for (const preset of this.data.presets) {
      const button = presets.appendChild(make("button", "preset"));
      button.type = "button";
      button.append(preset.name, make("span", "n", String(preset.count)));
      button.disabled = preset.count === 0;
      button.setAttribute("aria-pressed", String(preset.name === this.preset));
      button.onclick = () => this.choosePreset(preset.name);
    }
    if (this.data.presets.length < 2) presets.hidden = true;
    this.buttons = presets;
    return head;
  }

  box() {
    this.list = make("div", "box");
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.data.title || "Ranked variants");
    this.list.tabIndex = 0;
    this.list.onkeydown = (event) => this.key(event);
    this.list.onclick = (event) => {
      const item = event.target.closest(".row");
      if (item) this.select(Number(item.dataset.row));
    };
    return this.list;
  }

  fill() {
    const preset = this.data.presets.find((p) => p.name === this.preset);
    const rows = preset ? preset.at.map((i) => this.data.rows[i]) : this.data.rows;
    this.rows = preset && preset.name === "All" ? rows.slice(0, this.data.top || 200) : rows;
    const total = preset ? preset.count : rows.length;
    this.count.textContent = this.rows.length < total ? `first ${this.rows.length} of ${total.toLocaleString("en")}` : `${total}`;
    this.items = new Map();
    const fragment = document.createDocumentFragment();
    for (const row of this.rows) {
      const item = option(row, this.data, `v${row.row}`);
      item.dataset.row = row.row;
      this.items.set(row.row, item);
      fragment.appendChild(item);
    }
    this.list.replaceChildren(fragment);
    this.mark(this.current);
  }

  choosePreset(name) {
    this.preset = name;
    for (const [i, preset] of this.data.presets.entries()) {
      this.buttons.children[i].setAttribute("aria-pressed", String(preset.name === name));
    }
    this.fill();
    if (!this.items.has(this.current) && this.rows.length) this.select(this.rows[0].row);
  }

  key(event) {
    const at = this.rows.findIndex((r) => r.row === this.current);
    const page = Math.max(1, Math.floor(this.list.clientHeight / 46) - 1);
    const to = {
      ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: this.rows.length - 1,
      PageDown: at + page, PageUp: at - page,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const row = this.rows[Math.min(this.rows.length - 1, Math.max(0, to))];
    if (row && row.row !== this.current) this.select(row.row);
  }

  mark(row) {
    this.items.get(this.marked)?.setAttribute("aria-selected", "false");
    const item = this.items.get(row);
    this.marked = row;
    this.list.removeAttribute("aria-activedescendant");
    if (!item) return;
    item.setAttribute("aria-selected", "true");
    this.list.setAttribute("aria-activedescendant", item.id);
    const above = item.offsetTop - this.list.scrollTop;
    if (above < 0) this.list.scrollTop = item.offsetTop;
    else if (above + item.offsetHeight > this.list.clientHeight) {
      this.list.scrollTop = item.offsetTop + item.offsetHeight - this.list.clientHeight;
    }
  }

  select(row, { tell = true } = {}) {
    this.current = row;
    this.mark(row);
    // The reads first: igv only queues its work here, and the server is told in the same breath.
    this.announce();
    if (tell) this.tell();
  }

  announce() {
    const row = this.data.rows.find((r) => r.row === this.current);
    if (!row || !row.locus) return;
    window.dispatchEvent(new CustomEvent("caseboard:locus", { detail: { row: row.row, locus: row.locus } }));
  }

  // The first move goes at once; while a key is held down the server hears of the last one only.
  tell() {
    clearTimeout(this.waiting);
    const since = performance.now() - this.sentAt;
    const send = () => {
      this.sentAt = performance.now();
      this.host.setStateValue("row", this.current);
    };
    if (since > 150) send();
    else this.waiting = setTimeout(send, 150 - since);
  }
}

export default function (component) {
  const root = component.parentElement.querySelector(".list-root");
  let list = lists.get(root);
  if (!list) {
    list = new RankedList(root, component);
    lists.set(root, list);
  }
  list.host = component;
  list.show(component.data);
}
