// The ranked list: a listbox with one tab stop. Rows arrive once per ranking; the selection lives here. After
// elements.js, ranked_row.js and ranked_foot.js.
const lists = new WeakMap();

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
      this.decisions(data.deciding);
      if (data.start !== this.start) {
        this.start = data.start;
        this.select(data.start, { tell: false });
      }
      return;
    }
    this.decided = JSON.stringify(data.deciding ?? null);
    this.foot = null;
    Object.assign(this, { data, version: data.version, start: data.start, current: data.start });
    if (!data.presets.some((p) => p.name === this.preset && p.count)) this.preset = "All";
    this.root.replaceChildren(this.head(), this.box());
    if (data.deciding) this.root.append((this.foot = new Foot(this)).root);
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
    this.buttons = presets;
    this.fillPresets();
    return head;
  }

  fillPresets() {
    const presets = this.presets();
    this.buttons.replaceChildren(
      ...presets.map((preset) => {
        const button = make("button", preset.told ? "preset told" : "preset"); // why there is none is read, not dimmed
        button.type = "button";
        button.append(preset.name, make("span", "n", preset.told ?? String(preset.count)));
        button.title = preset.why ?? "";
        button.disabled = preset.count === 0;
        button.setAttribute("aria-pressed", String(preset.name === this.preset));
        button.onclick = () => this.choosePreset(preset.name);
        return button;
      }),
    );
    this.buttons.hidden = presets.length < 2;
  }

  // Those of the ranking, and what people put aside, as soon as there is any.
  presets() {
    const marks = this.data.deciding?.marks ?? {};
    const put = (name, triage) => {
      const at = this.data.rows.map((_, i) => i).filter((i) => marks[this.data.rows[i].row]?.triage === triage);
      return { name, count: at.length, at };
    };
    const decided = [put("★ Shortlisted", "shortlisted"), put("✕ Dismissed", "dismissed")];
    return [...this.data.presets, ...decided.filter((p) => p.count)];
  }

  // Somebody decided: the rows stay as they are, only their marks change.
  decisions(deciding) {
    const text = JSON.stringify(deciding ?? null);
    if (text === this.decided) return;
    this.decided = text;
    this.data.deciding = deciding;
    this.foot?.show();
    const at = this.list.scrollTop;
    this.fillPresets();
    if (!this.presets().some((p) => p.name === this.preset)) this.preset = "All";
    this.fill();
    this.list.scrollTop = at;
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
    const preset = this.presets().find((p) => p.name === this.preset);
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
    this.fillPresets();
    this.buttons.querySelector('[aria-pressed="true"]')?.focus();
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
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.foot?.key(event)) return;
    if (to === undefined) return;
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
    this.foot?.show();
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
