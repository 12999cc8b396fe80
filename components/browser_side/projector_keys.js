// The keys of the board, printed as buttons: each sends its code to the server as a command.
const TYPING = "input, textarea, select, [contenteditable='true']";
const boards = new WeakMap();

function buttons(root, keys, send) {
  root.replaceChildren(
    ...keys.map((key) => {
      const button = document.createElement("button");
      button.type = "button";
      const cap = document.createElement("kbd");
      cap.textContent = key.printed;
      button.append(cap, key.does);
      button.onclick = () => send(key.code);
      return button;
    }),
  );
}

export default function (component) {
  const root = component.parentElement.querySelector(".keys");
  let board = boards.get(root);
  if (!board) {
    board = { codes: new Set() };
    boards.set(root, board);
    const send = (code) => {
      // Hiding must not wait for the server: whatever is marked private goes at once.
      if (code === "h") document.documentElement.toggleAttribute("data-identity-hidden", !board.hidden);
      board.host.setTriggerValue("command", code);
    };
    board.onkey = (event) => {
      if (!root.isConnected) {
        window.removeEventListener("keydown", board.onkey);
        return;
      }
      const target = event.composedPath()[0];
      if (event.ctrlKey || event.metaKey || event.altKey || (target.matches && target.matches(TYPING))) return;
      const code = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (!board.codes.has(code)) return;
      event.preventDefault();
      send(code);
    };
    window.addEventListener("keydown", board.onkey);
    buttons(root, component.data.keys, send);
  }
  board.host = component;
  board.hidden = component.data.hidden;
  board.codes = new Set(component.data.keys.map((key) => key.code));
  document.documentElement.toggleAttribute("data-identity-hidden", board.hidden);
  return () => {
    window.removeEventListener("keydown", board.onkey);
    document.documentElement.removeAttribute("data-identity-hidden");
    boards.delete(root);
  };
}
