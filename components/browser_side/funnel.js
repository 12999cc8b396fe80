// The counted funnel, after elements.js: one row a step, a bar for what remains (log scale), a button to see what left.
function row(step, trigger) {
  const line = make("li", step.kept ? "step kept" : "step");
  const words = make("div", "words");
  words.append(make("span", "title", step.title), make("span", "threshold", step.threshold));
  const track = make("div", "track");
  const bar = make("div", "bar");
  bar.style.width = `${step.width_percent}%`;
  track.append(bar);
  if (!step.left_text) {
    line.append(words, track, make("span", "remaining", step.remaining_text), make("span"));
    return line;
  }
  const left = make("button", "left", step.left_text);
  left.type = "button";
  left.disabled = !step.left;
  left.setAttribute("aria-pressed", String(step.chosen));
  left.setAttribute("aria-label", `${step.title}: ${step.left_text}`);
  left.onclick = () => trigger("step", step.code);
  line.append(words, track, make("span", "remaining", step.remaining_text), left);
  return line;
}

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const text = JSON.stringify(data);
  if (drawn.get(parentElement) === text) return;
  drawn.set(parentElement, text);
  let list = parentElement.querySelector("ol");
  if (!list) {
    list = make("ol", "cb");
    list.setAttribute("aria-label", "Funnel: how many variants dropped out at each step");
    parentElement.appendChild(list);
  }
  list.replaceChildren(...data.steps.map((step) => row(step, setTriggerValue)));
}
