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
