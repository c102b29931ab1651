// The page where a bundle is dropped: the file stays on this machine, only the sentences come from the server.
import { checkBundle } from "./checks.js";

const place = document.querySelector("[data-verify]"), input = place.querySelector("input[type=file]");
const drop = place.querySelector("[data-drop]"), result = place.querySelector("[data-result]"), list = result.querySelector("ol");
const sentences = fetch(place.dataset.sentences).then((answer) => answer.json());

function keysIn(name) {
  return place.querySelector(`[name=${name}]`).value.split(/\s+/).filter(Boolean);
}

function said(words, line) {
  const thing = words.things.map(([pattern, told]) => [new RegExp(`^(?:${pattern})$`).exec(String(line.data.name ?? "")), told])
    .find(([match]) => match);
  const data = { ...line.data, thing: thing ? thing[1].replace("{0}", thing[0][1] ?? "") : words.file };
  return (words.sentences[line.code] ?? line.code).replace(/\{(\w+)\}/g, (_, name) => String(data[name] ?? ""));
}

async function check(file) {
  result.hidden = false;
  result.setAttribute("aria-busy", "true");
  list.replaceChildren();
  result.querySelector("[data-verdict]").textContent = place.dataset.busy;
  const words = await sentences, lines = await checkBundle(file, { logs: keysIn("logs"), witnesses: keysIn("witnesses") });
  for (const line of lines) {
    const row = document.createElement("li"), mark = document.createElement("b");
    row.className = `verify-${line.kind}`;
    mark.textContent = words.marks[line.kind];
    row.append(mark, " ", said(words, line));
    list.append(row);
  }
  const faults = lines.filter((line) => line.kind === "fault").length, verdict = result.querySelector("[data-verdict]");
  verdict.textContent = faults ? words.fails.replace("{count}", faults) : words.holds;
  result.dataset.outcome = faults ? "fails" : "holds";
  result.removeAttribute("aria-busy");
  verdict.focus();
}

place.querySelector("[data-needs-script]").hidden = true;
drop.hidden = false;
input.addEventListener("change", () => { if (input.files[0]) { check(input.files[0]); } });
drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("verify-over"); });
drop.addEventListener("dragleave", () => drop.classList.remove("verify-over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("verify-over");
  if (event.dataTransfer.files[0]) { check(event.dataTransfer.files[0]); }
});
