// Nodes. Text from outside only ever becomes a text node or an attribute's value; never markup.

/** An element; attributes named on… are listeners, null and false ones are left out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...nodes(children));
  return made;
}

export function nodes(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== '')
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

/** Sets a text only when it is another: what did not change is neither drawn nor spoken again. */
export function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/**
 * Makes a parent's children those of the items, in their order. What stays is kept, and moved only
 * where its place changed; the focus stays where it was.
 */
export function arrange(parent, items, key, make, update) {
  const kept = parent.kept ??= new Map();
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  // What is gone goes first: a gap in the middle must not look as if all behind it had moved.
  const names = new Set(items.map(key));
  for (const [name, child] of kept) {
    if (names.has(name)) continue;
    child.remove();
    kept.delete(name);
  }
  let place = parent.firstChild;
  for (const item of items) {
    const name = key(item);
    let child = kept.get(name);
    if (!child) {
      child = make(item);
      kept.set(name, child);
    }
    update(child, item);
    if (child === place) place = place.nextSibling;
    else parent.insertBefore(child, place);
  }
  if (focused && focused.isConnected && document.activeElement !== focused) {
    focused.focus({ preventScroll: true });
  }
}

/** Replaces a section's content if what it shows is other than before; keeps focus by data-key. */
export function redraw(section, shows, draw) {
  const is = JSON.stringify(shows);
  if (section.shows === is) return;
  section.shows = is;
  const focus = section.contains(document.activeElement) && document.activeElement.dataset.key;
  section.replaceChildren(...nodes([draw()]));
  if (focus) section.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
}
