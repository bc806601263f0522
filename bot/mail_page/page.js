"use strict";
const data = document.getElementById("copies");
if (data) start(JSON.parse(data.textContent));

function start(copies) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const what = button.dataset.copy;
    if (!copies[what]) continue; // no address to copy
    button.hidden = false;
    button.addEventListener("click", async () => {
      const html = what === "html" ? copies.html : "";
      const text = what === "html" ? copies.plain : copies[what];
      if (await copy(text, html)) done(button);
      else byHand(what);
    });
  }
}

async function copy(text, html) {
  try {
    const parts = {"text/plain": new Blob([text], {type: "text/plain"})};
    if (html) parts["text/html"] = new Blob([html], {type: "text/html"});
    await navigator.clipboard.write([new ClipboardItem(parts)]);
    return true;
  } catch {
    return copyTheOldWay(text, html);
  }
}

// Where the clipboard's newer interface is missing or refused: fill in what a copy command takes.
function copyTheOldWay(text, html) {
  let filled = false;
  const fill = event => {
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
    filled = true;
  };
  document.addEventListener("copy", fill);
  try {
    return document.execCommand("copy") && filled;
  } finally {
    document.removeEventListener("copy", fill);
  }
}

function done(button) {
  const label = button.dataset.label ??= button.textContent;
  clearTimeout(button.timer);
  button.style.minWidth = `${button.offsetWidth}px`; // so that nothing jumps
  button.textContent = "Copied";
  button.classList.add("done");
  say(`${(button.ariaLabel ?? label).replace("Copy ", "")} copied`, true);
  button.timer = setTimeout(() => {
    button.textContent = label;
    button.classList.remove("done");
  }, 2000);
}

function byHand(what) {
  const element = document.getElementById(what);
  if (element) {
    element.closest("details")?.setAttribute("open", "");
    getSelection().selectAllChildren(element);
  }
  say(`This browser did not let the page copy. ${element ? "The text is selected: press Ctrl+C or ⌘C." : "Select the text and copy it."}`);
}

function say(words, quiet = false) {
  const said = document.getElementById("said");
  said.textContent = words[0].toUpperCase() + words.slice(1);
  said.classList.toggle("quiet", quiet);
  clearTimeout(said.timer);
  said.timer = setTimeout(() => { said.textContent = ""; }, 8000);
}
