// A list or grid of things to choose from, after elements.js; every word arrives as text and stays text.
function body(item) {
  const parts = document.createDocumentFragment();
  const head = make("span", "head");
  head.append(make("span", "title", item.title));
  for (const badge of item.badges || []) head.append(make("span", `badge ${badge.tone || ""}`, badge.text));
  parts.append(head);
  for (const line of item.lines || []) parts.append(make("span", "line", line));
  if ((item.chips || []).length) {
    const chips = make("span", "chips");
    for (const chip of item.chips) chips.append(make("span", "chip", chip));
    parts.append(chips);
  }
  if (item.foot) parts.append(make("span", "foot", item.foot));
  return parts;
}

function whole(item, trigger) {
  const button = make("button", "card");
  button.type = "button";
  button.dataset.id = item.id;
  button.append(body(item));
  if (item.action) button.append(make("span", "action", item.action));
  button.onclick = () => trigger("chosen", { id: item.id, action: "open" });
  return button;
}

function withActions(item, trigger) {
  const card = make("div", "card split");
  const words = make("div", "words");
  words.append(body(item));
  const actions = make("div", "actions");
  for (const action of item.actions) {
    const button = make("button", `small ${action.tone || ""}`, action.text);
    button.type = "button";
    button.setAttribute("aria-label", `${action.text}: ${item.title}`);
    button.onclick = () => trigger("chosen", { id: item.id, action: action.id });
    actions.append(button);
  }
  card.append(words, actions);
  return card;
}

function unfolding(item, trigger) {
  const box = make("details", "more");
  box.dataset.id = item.id;
  box.append(make("summary", "", item.more.title));
  const lines = make("ul", "facts");
  for (const line of item.more.lines) lines.append(make("li", "", line));
  box.append(lines);
  if (item.more.action) {
    const button = make("button", `small ${item.more.action.tone || ""}`, item.more.action.text);
    button.type = "button";
    button.setAttribute("aria-label", `${item.more.action.text}: ${item.title}`);
    button.onclick = () => trigger("chosen", { id: item.id, action: item.more.action.id });
    box.append(button);
  }
  return box;
}

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const text = JSON.stringify(data);
  if (drawn.get(parentElement) === text) return;
  drawn.set(parentElement, text);
  let list = parentElement.querySelector("ul");
  if (!list) {
    list = document.createElement("ul");
    parentElement.appendChild(list);
  }
  list.className = `cb ${data.layout}`;
  list.setAttribute("aria-label", data.label);
  const open = new Set([...list.querySelectorAll("details[open]")].map((box) => box.dataset.id));
  list.replaceChildren(
    ...data.items.map((item) => {
      const row = document.createElement("li");
      row.append(item.actions ? withActions(item, setTriggerValue) : whole(item, setTriggerValue));
      if (item.more) row.append(unfolding(item, setTriggerValue));
      return row;
    }),
  );
  for (const box of list.querySelectorAll("details")) box.open = open.has(box.dataset.id);
}
