import { element } from "./element.js";
import { model } from "./model.js";

/** What to type to see, repeat or show an experiment without bindcheck, each with a button that copies it. */
export function commandList({ targetName, experiment, at }) {
  const id = JSON.stringify(experiment);
  const files = model.hasFiles ? [quoted(at.replace(/:\d+:\d+$/, ""))] : [];
  const commands = [
    ["Everything known about it", ["bindcheck explain", id]],
    ["Measure it again", ["bindcheck run", ...files, "--on", quoted(targetName), "--filter", id]],
    ["As a program of its own", ["bindcheck reproduce", id, ...files]],
  ];
  return commands.flatMap(([title, words]) => [
    element("p", { className: "note" }, title),
    command(words.join(" ")),
  ]);
}

/** A button that copies the address of what is open. */
export function copyLinkButton() {
  return copyButton("copy link", "Copy link to this claim", () => location.href);
}

function command(text) {
  return element(
    "p",
    { className: "command" },
    element(
      "code",
      {},
      text.split(COMMAND_OPTION).map((piece, at) => (at % 2 === 0 ? piece : whole(piece))),
    ),
    copyButton("copy", "Copy the command", () => text),
  );
}

// Browsers break a line after any hyphen.
const COMMAND_OPTION = /(--[\w-]+)/;

function whole(option) {
  return element("span", { className: "whole" }, option);
}

function copyButton(text, label, textToCopy) {
  if (!navigator.clipboard) return [];
  return element(
    "button",
    {
      type: "button",
      "aria-label": label,
      title: label,
      async onclick({ currentTarget }) {
        await navigator.clipboard.writeText(textToCopy());
        currentTarget.textContent = "copied";
      },
    },
    text,
  );
}

function quoted(text) {
  return /^[\w@%+=:,./\\-]+$/.test(text) ? text : JSON.stringify(text);
}
