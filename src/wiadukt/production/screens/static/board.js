// A board keeps itself fresh: the server says that something changed and makes the part, this puts its changed pieces in
// place. A piece that somebody types or drags in stays as it is until he has ended.
const board = document.querySelector("[data-refresh]");
const offline = document.getElementById("offline");
let shown = "", late = false, asked = false, busy = false;

const isInUse = (piece) => piece.querySelector(".dragged, .change") || piece.contains(document.activeElement) && document.activeElement.matches("input, select");

function put(part) {
  const next = document.createElement("template");
  next.innerHTML = part;
  const fresh = [...next.content.querySelectorAll("[data-piece]")];
  const here = new Map([...board.querySelectorAll("[data-piece]")].map((piece) => [piece.dataset.piece, piece]));
  late = false;
  if (fresh.length !== here.size || fresh.some((piece) => !here.has(piece.dataset.piece))) {
    late = Boolean(isInUse(board));
    if (!late) board.replaceChildren(next.content);
    return;
  }
  for (const piece of fresh) {
    const old = here.get(piece.dataset.piece);
    if (old.isEqualNode(piece)) continue;
    if (isInUse(old)) late = true;
    else old.replaceWith(piece);
  }
}

async function refresh() {
  asked = document.hidden || busy;
  if (asked) return;
  busy = true;
  try {
    const answer = await fetch(board.dataset.refresh, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (!answer.ok) throw new Error(answer.status);
    const part = await answer.text();
    if (part !== shown) put(shown = part);
    offline.hidden = true;
  } catch {
    offline.hidden = false;
  } finally {
    busy = false;
  }
  if (asked) refresh();
}

const events = new EventSource("/live");
events.onmessage = refresh;
events.onerror = () => { offline.hidden = false; };
events.onopen = refresh;
setInterval(() => { if (late) put(shown); }, 500);
setInterval(refresh, 60000);
document.addEventListener("visibilitychange", refresh);
