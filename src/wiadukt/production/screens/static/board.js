// The board keeps itself fresh: the server makes the part, this puts it in place when it differs.
const board = document.getElementById("board");
const offline = document.getElementById("offline");
let shown = "";

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(board.dataset.refresh, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (!answer.ok) throw new Error(answer.status);
    const part = await answer.text();
    if (part !== shown) board.innerHTML = shown = part;
    offline.hidden = true;
  } catch {
    offline.hidden = false;
  }
}

setInterval(refresh, 2000);
document.addEventListener("visibilitychange", refresh);
