// Dragging a card to another day or work centre sends the same form as its menu does.
let dragged = null;

board.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-job]");
  if (!dragged) return;
  dragged.classList.add("dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.job);
});

board.addEventListener("dragover", (event) => {
  const cell = event.target.closest("[data-day]");
  if (!dragged || !cell) return;
  event.preventDefault();
  for (const one of board.querySelectorAll(".over")) if (one !== cell) one.classList.remove("over");
  cell.classList.add("over");
});

board.addEventListener("dragend", () => {
  for (const one of board.querySelectorAll(".over, .dragged")) one.classList.remove("over", "dragged");
  dragged = null;
});

board.addEventListener("drop", async (event) => {
  const cell = event.target.closest("[data-day]");
  if (!dragged || !cell) return;
  event.preventDefault();
  const job = dragged.dataset.job;
  const form = new URLSearchParams({ centre: cell.dataset.centre, day: cell.dataset.day });
  cell.querySelector(".cards").append(dragged);
  const answer = await fetch(`/plan/jobs/${encodeURIComponent(job)}/move`, { method: "POST", body: form, redirect: "manual" });
  for (const one of board.querySelectorAll(".over, .dragged")) one.classList.remove("over", "dragged");
  if (answer.type !== "opaqueredirect") {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const notice = document.getElementById("refused");
    notice.textContent = page.querySelector(".notice")?.textContent ?? "";
    notice.hidden = false;
  }
  shown = "";
  refresh();
});

// A card's forms come when they are asked for: without this the link leads to a page of theirs.
board.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-change]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const card = link.closest(".card");
  const open = card.querySelector(".change");
  if (open) return open.remove();
  const answer = await fetch(`${link.getAttribute("href")}?part=true`, { cache: "no-store" });
  if (!answer.ok || !card.isConnected) return location.assign(link.href);
  link.insertAdjacentHTML("afterend", await answer.text());
  card.querySelector(".change select, .change input:not([type=hidden])")?.focus();
});

board.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest(".change");
  if (!open) return;
  open.previousElementSibling.focus();
  open.remove();
});
