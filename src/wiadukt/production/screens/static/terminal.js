// A scanner types into whatever has the focus: bring it back to the field when a key comes from nowhere.
const field = document.getElementById("scan");
if (field.value) field.select();
document.addEventListener("keydown", (event) => {
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && document.activeElement === document.body) {
    field.value = "";
    field.focus();
  }
});
