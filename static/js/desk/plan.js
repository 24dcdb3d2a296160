// Moves an article up or down in the plan of an issue without a journey to the server.
// Without this file the same buttons save the form and move it there.

const plan = document.querySelector(".plan");

function renumber(rows) {
  rows.forEach((row, index) => {
    row.querySelector(".place input[type=number]").value = index + 1;
    const [up, down] = row.querySelectorAll(".step");
    up.disabled = index === 0;
    down.disabled = index === rows.length - 1;
  });
}

function step(button) {
  const row = button.closest("tr");
  const body = row.parentElement;
  const goesUp = button.value.startsWith("up-");
  const other = goesUp ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (goesUp) other.before(row);
  else other.after(row);
  row.classList.add("moved");
  const rows = [...body.rows];
  renumber(rows);
  const again = button.disabled ? row.querySelector(".step:enabled") : button;
  again?.focus();
  plan.querySelector("[data-said]").textContent = plan.dataset.moved.replace("{place}", rows.indexOf(row) + 1);
}

plan?.addEventListener("click", (event) => {
  const button = event.target.closest("button.step");
  if (!button) return;
  event.preventDefault();
  step(button);
});
