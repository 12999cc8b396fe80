// What a person decides on the chosen variant and the case. Every word arrives as text and stays text. What is typed
// stays here, under the case and the variant it was typed for, until it is sent; nothing is chosen beforehand.
const drafts = new Map();
const panels = new WeakMap();

function make(tag, cls, text) {
  const element = document.createElement(tag);
  if (cls) element.className = cls;
  if (text) element.textContent = text;
  return element;
}

class Panel {
  constructor(root) {
    this.root = root;
  }

  show(host) {
    this.host = host;
    const text = JSON.stringify(host.data);
    if (text === this.shown) return;
    this.settle(host.data.kept_number);
    this.shown = text;
    this.data = host.data;
    const open = new Set([...this.root.querySelectorAll("details[open]")].map((d) => d.dataset.key));
    const focused = this.root.getRootNode().activeElement?.dataset?.name;
    const { data } = this;
    this.root.replaceChildren(
      ...[this.who(), this.readings(), this.class(), this.criteria(), this.notes(), this.case()].filter(Boolean),
    );
    for (const details of this.root.querySelectorAll("details")) details.open = open.has(details.dataset.key);
    if (focused) this.root.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus();
  }

  // What was sent stays typed until it was kept: a refusal or a conflict loses nothing.
  settle(number) {
    if (!this.sent || number === this.sent.before) return;
    for (const key of this.sent.keys) drafts.delete(key);
    this.sent = null;
  }

  // name: of the draft. whole: it belongs to the case, not to the variant.
  key(name, whole) {
    return whole ? `${this.data.case_id} ${name}` : `${this.data.case_id} ${this.data.row} ${name}`;
  }

  draft(name, otherwise, whole) {
    return drafts.get(this.key(name, whole)) ?? otherwise;
  }

  keep(name, value, whole) {
    drafts.set(this.key(name, whole), value);
  }

  send(act, values = {}, { used = [], whole = false } = {}) {
    this.sent = { before: this.data.kept_number, keys: used.map((name) => this.key(name, whole)) };
    const about = whole ? {} : { row: this.data.row, reading: this.data.reading };
    const who = this.data.asks_name ? { who: this.name?.value ?? "" } : {};
    this.shown = undefined; // what comes back is drawn even when nothing changed
    this.host.setTriggerValue("said", { act, seen: this.data.seen, ...about, ...who, ...values });
  }

  input(name, label, { value = "", placeholder = label, whole = false, list, tag = "input" } = {}) {
    const field = make(tag, "");
    if (tag === "input") field.type = "text";
    field.dataset.name = name;
    field.setAttribute("aria-label", label);
    field.placeholder = placeholder;
    field.maxLength = 4000;
    field.value = this.draft(name, value, whole);
    if (list) field.setAttribute("list", list);
    field.addEventListener("input", () => this.keep(name, field.value, whole));
    return field;
  }

  select(name, label, options, value, whole = false) {
    const field = make("select", "");
    field.dataset.name = name;
    field.setAttribute("aria-label", label);
    for (const [id, words] of options) {
      const option = field.appendChild(make("option", "", words));
      option.value = id;
    }
    field.value = this.draft(name, value, whole);
    field.addEventListener("change", () => this.keep(name, field.value, whole));
    return field;
  }

  button(name, words, act, label) {
    const button = make("button", "", words);
    button.type = "button";
    button.dataset.name = name;
    if (label) button.setAttribute("aria-label", label);
    button.onclick = act;
    return button;
  }

  part(title, ...head) {
    const part = make("section", "part");
    const line = part.appendChild(make("div", "head"));
    line.append(make("h3", "", title), ...head.filter(Boolean));
    return part;
  }

  who() {
    const line = make("div", "line");
    if (this.data.asks_name) {
      this.name = make("input", "name");
      Object.assign(this.name, { type: "text", maxLength: 80, value: this.data.who, placeholder: "your name" });
      this.name.dataset.name = "who";
      this.name.setAttribute("aria-label", "Your name, kept with each decision");
      this.name.onchange = () => {
        if (this.name.value !== this.data.who) this.send("name");
      };
      line.append(make("span", "", "Deciding as"), this.name, make("span", "quiet", this.data.as_typed));
    } else line.append(make("span", "", `Deciding as ${this.data.who}`));
    const kept = line.appendChild(make("span", "quiet", this.data.kept ? `✓ ${this.data.kept}` : ""));
    kept.setAttribute("role", "status");
    return line;
  }

  readings() {
    if (!this.data.says && !this.data.closed && !this.data.compared && !this.data.left.length) return null;
    const part = make("section", "part");
    for (const words of [this.data.closed, this.data.says]) if (words) part.append(make("p", "reading", words));
    if (this.data.compared) part.append(this.sides(this.data.compared));
    for (const one of this.data.left) part.append(this.releasing(one));
    return part;
  }

  // The place of a reader who began and will not finish; what they judged stays in the history.
  releasing(one) {
    const name = `release ${one.reading}`;
    const details = this.unfolding(name, one.words);
    const line = details.appendChild(make("div", "line"));
    const why = this.input(name, `Why the ${one.reading} is released`, { placeholder: "why somebody else reads" });
    line.append(
      why,
      this.button(`set ${name}`, `Release the ${one.reading}`, () =>
        this.send("release", { release: one.reading, of: one.of, reason: why.value }, { used: [name] }),
      ),
    );
    return details;
  }

  sides({ heads, rows }) {
    const table = make("table", "sides");
    table.append(make("caption", "hidden", "Both readings side by side"));
    const head = table.appendChild(make("thead")).appendChild(make("tr"));
    for (const words of ["", ...heads, ""]) head.append(make(words ? "th" : "td", "", words));
    const body = table.appendChild(make("tbody"));
    for (const [what, first, second, differs] of rows) {
      const row = body.appendChild(make("tr", differs ? "differs" : ""));
      const name = row.appendChild(make("th", "", what));
      name.scope = "row";
      row.append(make("td", "", first), make("td", "", second), make("td", "", differs ? "≠ differs" : "= same"));
    }
    return table;
  }

  class() {
    const { data } = this;
    if (!data.reading) return null;
    const resolving = data.reading === "consensus";
    const stands = data.mine ? make("span", "mine", data.mine.words) : null;
    const part = this.part(resolving ? "Resolution" : "Class", stands);
    part.append(make("p", "quiet", `Suggested, not chosen: ${data.suggested}.`));
    const pills = part.appendChild(make("div", "pills"));
    pills.setAttribute("role", "radiogroup");
    pills.setAttribute("aria-label", "Class of this variant");
    const chosen = this.draft("class", data.mine?.class);
    for (const [id, words] of data.classes) {
      const pill = pills.appendChild(make("label", "pill"));
      const radio = pill.appendChild(make("input"));
      Object.assign(radio, { type: "radio", name: "class", value: id, checked: id === chosen });
      radio.dataset.name = `class ${id}`;
      radio.onchange = () => {
        this.keep("class", id);
        record.disabled = false;
      };
      pill.append(words);
    }
    const line = part.appendChild(make("div", "line"));
    const fields = [
      this.input("condition", "For which condition", { value: data.mine?.condition, list: "diseases" }),
      this.input("why", resolving ? "How it was resolved" : "Why, in your words", { value: data.mine?.note }),
    ];
    const known = line.appendChild(make("datalist"));
    known.id = "diseases";
    if (data.disease) known.appendChild(make("option")).value = data.disease;
    const record = this.button("record", resolving ? "Record the resolution" : "Record class", () =>
      this.send(
        "classify",
        { class: part.querySelector("input:checked")?.value, condition: fields[0].value, note: fields[1].value },
        { used: ["class", "condition", "why"] },
      ),
    );
    record.disabled = !chosen;
    line.append(...fields, record);
    return part;
  }

  criteria() {
    const { data } = this;
    if (!data.reading) return null;
    const tally = make("span", "mine", data.tally);
    tally.setAttribute("role", "status");
    const part = this.part("Criteria that count", tally);
    if (data.differs) part.append(make("p", "care", data.differs));
    for (const one of data.criteria) part.append(this.criterion(one));
    if (data.not_judged) part.append(make("p", "quiet", data.not_judged));
    part.append(this.adding());
    return part;
  }

  strengths(one) {
    const fits = this.data.strengths.filter(([id]) => id !== "STAND_ALONE" || one.stand_alone);
    return [...fits, ["", "does not count"]];
  }

  criterion(one) {
    const row = make("div", one.value === "" ? "criterion out" : "criterion");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", one.code);
    row.append(make("span", "code", `${one.benign ? "▼" : "▲"} ${one.code}`));
    const words = row.appendChild(make("span", "why", one.reason || one.title));
    words.title = [one.title, one.reason].filter(Boolean).join(": ");
    const does = row.appendChild(make("span", "does"));
    const name = `strength ${one.code}`;
    const strength = does.appendChild(
      this.select(name, `Strength of ${one.code}`, this.strengths(one), one.value ?? one.suggested),
    );
    const note = this.input(`note ${one.code}`, `Why ${one.code} counts like this`, { value: one.note });
    note.className = "note";
    const save = does.appendChild(
      this.button(`save ${one.code}`, "", () =>
        this.send(
          "judge",
          { code: one.code, strength: strength.value, note: note.value },
          { used: [name, `note ${one.code}`] },
        ),
      ),
    );
    const update = () => {
      const accepts = one.suggested && strength.value === one.suggested;
      const same = one.value !== null && strength.value === one.value && note.value === one.note;
      save.textContent = same ? "Kept" : accepts ? "Accept" : strength.value ? "Change" : "Reject";
      save.setAttribute("aria-label", `${save.textContent} ${one.code}`);
      save.disabled = same;
      note.hidden = Boolean(accepts && !note.value);
    };
    strength.addEventListener("change", update);
    note.addEventListener("input", update);
    update();
    if (one.judged) row.append(make("span", ""), make("span", "judged", one.judged), make("span", ""));
    row.append(note);
    return row;
  }

  adding() {
    const { data } = this;
    const line = make("div", "line");
    const codes = data.addable.map((a) => [a.code, `${a.code} ${a.title}`]);
    const code = this.select("add code", "Add a criterion", [["", "Add a criterion …"], ...codes], "");
    code.style.flex = "1 1 9rem";
    code.style.minWidth = "0";
    const fits = data.strengths.filter(([id]) => id !== "STAND_ALONE");
    const strength = this.select("add strength", "Strength of the added criterion", fits, "SUPPORTING");
    const note = this.input("add note", "Why the added criterion counts", { placeholder: "why" });
    const add = this.button("add", "Add", () =>
      this.send(
        "judge",
        { code: code.value, strength: code.value === "BA1" ? "STAND_ALONE" : strength.value, note: note.value },
        { used: ["add code", "add strength", "add note"] },
      ),
    );
    const update = () => {
      for (const part of [strength, note, add]) part.hidden = !code.value;
      strength.hidden ||= code.value === "BA1";
    };
    code.addEventListener("change", () => {
      const own = data.addable.find((a) => a.code === code.value)?.own;
      if (own && own !== "STAND_ALONE") strength.value = own;
      this.keep("add strength", strength.value);
      update();
    });
    update();
    line.append(code, strength, note, add);
    return line;
  }

  noteList(notes) {
    const list = make("ul");
    for (const note of notes) list.append(make("li", "", `${note.text} (${note.by})`));
    return list;
  }

  unfolding(key, title) {
    const details = make("details");
    details.dataset.key = key;
    const summary = details.appendChild(make("summary", "", title));
    summary.dataset.name = `open ${key}`;
    return details;
  }

  writing(name, label, whole) {
    const line = make("div", "line");
    const field = this.input(name, label, { tag: "textarea", whole });
    const send = this.button(`keep ${name}`, "Keep note", () =>
      this.send("note", { text: field.value }, { used: [name], whole }),
    );
    line.append(field, send);
    return line;
  }

  notes() {
    const { notes } = this.data;
    const details = this.unfolding("notes", `Notes on this variant (${notes.length})`);
    const part = details.appendChild(make("section", "part"));
    if (notes.length) part.append(this.noteList(notes));
    part.append(this.writing("note", "A note on this variant", false));
    return details;
  }

  case() {
    const said = this.data.case;
    const details = this.unfolding("case", `The case: ${said.summary}`);
    const part = details.appendChild(make("section", "part"));
    part.append(this.status(said), this.people(said), this.consent(said));
    if (said.notes.length) part.append(this.noteList(said.notes));
    part.append(this.writing("case note", "A note on the case", true));
    return details;
  }

  status(said) {
    const line = make("div", "line");
    const to = this.select("status", "Status", [["", `${said.status} …`], ...said.next.map((s) => [s, s])], "", true);
    const why = this.input("status why", "Why the status changes", { placeholder: "why", whole: true });
    const set = this.button("set status", "Set status", () =>
      this.send("status", { status: to.value, reason: why.value }, { used: ["status", "status why"], whole: true }),
    );
    const update = () => {
      set.disabled = !to.value;
    };
    to.addEventListener("change", update);
    update();
    line.append(make("span", "", "Status"), to, why, set);
    return line;
  }

  people(said) {
    const line = make("div", "line");
    const names = this.input("people", "Assigned to", {
      value: said.assigned, placeholder: "names, separated by commas", whole: true,
    });
    const assign = this.button("assign", "Assign", () =>
      this.send("assign", { people: names.value }, { used: ["people"], whole: true }),
    );
    line.append(make("span", "", "Assigned to"), names, assign);
    return line;
  }

  consent(said) {
    const part = make("fieldset", "part");
    part.append(make("legend", "", said.consent === null ? "Consent: not recorded" : "Consent"));
    const scope = this.draft("scope", said.consent ?? said.begins, true);
    const uses = part.appendChild(make("div", "uses"));
    const chosen = () => [...uses.querySelectorAll("input:checked")].map((box) => box.value);
    for (const [one, meaning] of said.consents) {
      const use = uses.appendChild(make("label", "use"));
      const box = use.appendChild(make("input"));
      Object.assign(box, { type: "checkbox", value: one, checked: scope.includes(one) });
      box.dataset.name = `consent ${one}`;
      box.onchange = () => {
        this.keep("scope", chosen(), true);
        update();
      };
      const words = use.appendChild(make("span"));
      words.append(make("strong", "", one), " ", make("span", "cb-muted", meaning));
    }
    const closed = make("p", "care", "Without diagnosis no report leaves: not as PDF, HTML or FHIR.");
    const update = () => {
      closed.hidden = chosen().includes("diagnosis");
    };
    update();
    part.append(make("p", "cb-muted", "What is not ticked counts as declined, at once and on every screen."), closed);
    const line = part.appendChild(make("div", "line"));
    const note = this.input("consent note", "How consent was given", { placeholder: "form, date, by whom", whole: true });
    line.append(
      note,
      this.button("record consent", "Record consent", () =>
        this.send("consent", { scope: chosen(), note: note.value }, { used: ["scope", "consent note"], whole: true }),
      ),
    );
    return part;
  }
}

export default function (component) {
  const root = component.parentElement.querySelector(".decide");
  let panel = panels.get(root);
  if (!panel) {
    panel = new Panel(root);
    panels.set(root, panel);
  }
  panel.show(component);
}
