/**
 * Makes an element. A property that the element knows is set as such, any other as an attribute; a child
 * that is not a node becomes text, so that nothing from a run is ever read as HTML.
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.flat());
  return made;
}

/** A mark that eyes read and ears do not. */
export function markElement(text) {
  return element("b", { className: "mark", "aria-hidden": "true" }, text);
}
