// Below the ranked list, after elements.js: shortlist or dismiss the chosen variant, by press or by S and X in the
// list. A dismissal asks why.
class Foot {
  constructor(list) {
    this.list = list;
    this.root = make("div", "foot");
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", "Decide on the chosen variant");
    this.star = this.button("", () => this.toggle("shortlisted", "shortlist"));
    this.cross = this.button("", () => this.toggle("dismissed", "dismiss"));
    this.form = make("form", "ask");
    this.form.hidden = true;
    this.acts = make("div", "acts");
    this.acts.append(this.star, this.cross);
    this.root.append(this.form, this.acts);
    this.show();
  }

  get desk() {
    return this.list.data.deciding;
  }

  get triage() {
    return this.desk.marks[this.list.current]?.triage;
  }

  button(words, act) {
    const button = make("button", "act", words);
    button.type = "button";
    button.onclick = act;
    return button;
  }

  show() {
    if (this.about !== this.list.current) this.close();
    const name = (button, words, key) => button.replaceChildren(words, make("kbd", "", key));
    name(this.star, this.triage === "shortlisted" ? "★ Take off the shortlist" : "☆ Shortlist", "S");
    name(this.cross, this.triage === "dismissed" ? "✕ Put back" : "✕ Dismiss …", "X");
  }

  key(event) {
    const act = { s: ["shortlisted", "shortlist"], x: ["dismissed", "dismiss"] }[event.key.toLowerCase()];
    if (!act) return false;
    event.preventDefault();
    this.toggle(...act);
    return true;
  }

  toggle(triage, act) {
    const wanted = this.triage === triage ? "put back" : act;
    const asks = [];
    if (wanted === "dismiss") asks.push(["reason", "Why it is dismissed"]);
    if (this.desk.asks_name && !this.desk.who) asks.push(["who", "Your name, kept with each decision"]);
    if (asks.length) this.ask(wanted, asks);
    else this.send(wanted, {});
  }

  ask(act, asks) {
    this.about = this.list.current;
    const fields = asks.map(([name, label]) => {
      const field = make("input");
      Object.assign(field, { type: "text", name, required: true, placeholder: label, maxLength: name === "who" ? 80 : 1000 });
      field.setAttribute("aria-label", label);
      if (name === "reason") field.setAttribute("list", "reasons");
      return field;
    });
    const known = make("datalist");
    known.id = "reasons";
    for (const reason of this.desk.reasons) known.appendChild(make("option")).value = reason;
    const go = make("button", "act go", { dismiss: "Dismiss", shortlist: "Shortlist", "put back": "Put back" }[act]);
    const back = this.button("Cancel", () => this.leave());
    this.form.replaceChildren(...fields, known, go, back);
    this.form.onsubmit = (event) => {
      event.preventDefault();
      const said = Object.fromEntries(fields.map((field) => [field.name, field.value]));
      this.leave();
      this.send(act, said);
    };
    this.form.onkeydown = (event) => {
      if (event.key === "Escape") this.leave();
    };
    this.form.hidden = false;
    this.acts.hidden = true;
    fields[0].focus();
  }

  close() {
    this.about = undefined;
    this.form.hidden = true;
    this.acts.hidden = false;
    this.form.replaceChildren();
  }

  leave() {
    this.close();
    this.list.list.focus();
  }

  send(act, said) {
    const about = { act, row: this.list.current, seen: this.desk.seen };
    this.list.host.setTriggerValue("said", { ...about, ...said });
  }
}
