// Narrows a list of labels while one types, e.g. delivery places. No framework: the list works without it too.
document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-narrow]");
  if (!field) return;
  const wanted = field.value.trim().toLowerCase();
  for (const label of document.querySelectorAll(`${field.dataset.narrow} label`)) {
    label.hidden = wanted !== "" && !label.textContent.toLowerCase().includes(wanted);
  }
});
// A form that is on its way is not sent again by a second click; the server would not doubly act on it either.
document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("button[data-once]");
  if (button) setTimeout(() => { button.disabled = true; }, 0);
});
// Ticks every box of that name in the same form; each can be ticked by itself too.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tick]");
  if (!button) return;
  for (const box of button.form.querySelectorAll(`input[name="${button.dataset.tick}"]`)) box.checked = true;
});
// On a phone the menu scrolls: where one is must be in sight.
for (const here of document.querySelectorAll(".top nav [aria-current], .tabs [aria-current]")) {
  here.scrollIntoView({ inline: "center", block: "nearest" });
}
// On a phone goods come first: categories and filters are folded.
if (matchMedia("(max-width: 900px)").matches) {
  for (const card of document.querySelectorAll("details.tree-card")) card.open = false;
}
if (matchMedia("(max-width: 600px)").matches) {
  for (const filter of document.querySelectorAll('details.folded[data-used=""]')) filter.open = false;
}
// Filters narrow the list at once; their button stands for those without JavaScript.
for (const one of document.querySelectorAll("[data-submit-on-change]")) {
  one.addEventListener("change", () => (one.form ?? one).requestSubmit());
}
// Suggestions under the search: arrows walk through them, Escape and a click elsewhere close them.
document.addEventListener("keydown", (event) => {
  const search = event.target.closest(".search");
  const list = search?.querySelector(".suggestions");
  if (!list) return;
  if (event.key === "Escape") { list.replaceChildren(); search.querySelector("input").focus(); }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [search.querySelector("input"), ...list.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) { event.preventDefault(); next.focus(); }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) document.querySelector("#suggestions")?.replaceChildren();
});
// Whoever reads a folded-out story is not interrupted by fresher news of the page.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.querySelector("details[open]") && event.detail.requestConfig.verb === "get") event.preventDefault();
});
// What htmx puts into the dialog opens it; Escape, its cross and a click beside it close it, and the focus goes back.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "dialog-content") document.querySelector("#dialog").showModal();
});
document.querySelector("#dialog")?.addEventListener("click", (event) => {
  if (event.target === event.currentTarget) event.currentTarget.close();
});
// What was wrong with a field is no longer known once somebody writes in it; the server judges again.
document.addEventListener("input", (event) => {
  const field = event.target.closest(".sizes .field");
  field?.querySelector(".errorlist")?.remove();
  event.target.closest(".sizes [aria-invalid]")?.removeAttribute("aria-invalid");
});

// What scrolls sideways must be in reach of keys: where no link or field in it can be reached, it is a stop itself.
const bringIntoReach = () => {
  for (const box of document.querySelectorAll(".scroll:not([tabindex])")) {
    const scrolls = box.scrollWidth > box.clientWidth;
    if (scrolls && !box.querySelector("a[href], button, input, select, textarea, summary")) box.tabIndex = 0;
  }
};
bringIntoReach();
window.addEventListener("resize", bringIntoReach);
document.addEventListener("htmx:afterSettle", bringIntoReach);
document.addEventListener("toggle", bringIntoReach, true);
