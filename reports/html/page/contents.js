import { element } from "./element.js";

/** Puts links to the page's parts under its title; they leave the filters in the address as they are. */
export function addContents() {
  const parts = [...document.querySelectorAll("main h2[id], main > details.calm[id]")];
  const links = parts.map((part) => {
    const title = part.querySelector("summary")?.lastChild.textContent ?? part.textContent;
    return element("a", { href: `#${part.id}` }, title.trim());
  });
  const nav = element("nav", { className: "contents", "aria-label": "Contents" }, links);
  document.querySelector("header.top").append(nav);
  for (const link of [...links, ...document.querySelectorAll("a.skip")])
    link.addEventListener("click", goToPart);
}

/** A plain link to a part of the page would replace the filters in the address. */
function goToPart(event) {
  event.preventDefault();
  const href = event.currentTarget.getAttribute("href");
  const part = document.querySelector(href) ?? document.getElementById("claims");
  if (part.localName === "details") part.open = true;
  const target = part.querySelector("summary") ?? part;
  target.focus();
  target.scrollIntoView();
}
