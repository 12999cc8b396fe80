// Says when the theme changes while the page is open: what the server draws (charts, borders) has the old one's colours.
// Streamlit calls this again with the new colours; the first call only remembers.
const seen = new WeakMap();

export default function ({ parentElement, setTriggerValue }) {
  const now = getComputedStyle(parentElement.host ?? parentElement).getPropertyValue("--st-background-color").trim();
  const before = seen.get(parentElement);
  seen.set(parentElement, now);
  if (before !== undefined && before !== now) setTriggerValue("changed", now);
}
