// A board keeps itself fresh: the server says that something changed and makes the part, this puts it in place.
const board = document.querySelector("[data-refresh]");
const offline = document.getElementById("offline");
let shown = "", asked = false, busy = false;

const isInUse = () => board.querySelector(".dragged, details[open]") || board.contains(document.activeElement) && document.activeElement.matches("input, select");

async function refresh() {
  asked = true;
  if (document.hidden || busy || isInUse()) return;
  asked = false;
  busy = true;
  try {
    const answer = await fetch(board.dataset.refresh, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (!answer.ok) throw new Error(answer.status);
    const part = await answer.text();
    if (part !== shown && !isInUse()) board.innerHTML = shown = part;
    offline.hidden = true;
  } catch {
    offline.hidden = false;
  } finally {
    busy = false;
  }
}

const events = new EventSource("/live");
events.onmessage = refresh;
events.onerror = () => { offline.hidden = false; };
events.onopen = refresh;
setInterval(() => { if (asked) refresh(); }, 1000);
setInterval(refresh, 60000);
document.addEventListener("visibilitychange", refresh);
