// Builds the tree sent by components/drawing.py. Text only ever becomes a text node.
const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "g", "path", "line", "rect", "circle", "polygon", "text", "title", "desc"]);
const TAGS = new Set([
  "div", "span", "p", "b", "strong", "em", "small", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "section",
  "table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "kbd", "mark", "time", "br",
]);
const ATTRIBUTES = new Set([
  "role", "aria-label", "aria-hidden", "aria-describedby", "tabindex", "scope", "title", "open", "id", "colspan",
  "viewBox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "points", "rx", "dx", "dy",
  "text-anchor", "preserveAspectRatio", "transform", "data-key", "data-kind", "datetime",
]);

function build(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const isSvg = SVG_TAGS.has(node.t);
  if (!isSvg && !TAGS.has(node.t)) return document.createTextNode("");
  const element = isSvg ? document.createElementNS(SVG, node.t) : document.createElement(node.t);
  if (node.c) element.setAttribute("class", node.c);
  for (const [name, value] of Object.entries(node.a || {})) {
    if (name === "share") element.style.setProperty("--share", value);
    else if (ATTRIBUTES.has(name)) element.setAttribute(name, value);
  }
  for (const child of node.k || []) element.appendChild(build(child));
  return element;
}

const drawn = new WeakMap();

export default function ({ data, parentElement }) {
  const text = JSON.stringify(data.nodes);
  let { root, shown } = drawn.get(parentElement) ?? {};
  if (root?.isConnected && shown === text) return;
  if (!root?.isConnected) {
    root = document.createElement("div");
    root.className = "root";
    parentElement.appendChild(root);
  }
  drawn.set(parentElement, { root, shown: text });
  const open = new Set([...root.querySelectorAll("details[open][data-key]")].map((d) => d.dataset.key));
  root.replaceChildren(...data.nodes.map(build));
  for (const details of root.querySelectorAll("details[data-key]")) {
    if (open.has(details.dataset.key)) details.open = true;
  }
}
