// Where in the page somebody is, by the address behind #: #/ the queue, #/alert/ID an alert, #/ROOM/PART?name=value a room.

/** Reads an address; a broken one leads to the queue. */
export function placeOf(hash) {
  try {
    const [path, query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
    const [name, ...parts] = path.split('/').filter(Boolean).map(decodeURIComponent);
    return { name: name ?? '', parts, query: new URLSearchParams(query) };
  } catch {
    return { name: '', parts: [], query: new URLSearchParams() };
  }
}

/** The address of a place. */
export function addressOf(name, parts = [], query = {}) {
  const said = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const path = [name, ...parts].map(encodeURIComponent).join('/');
  return `#/${path}${said.length > 0 ? `?${new URLSearchParams(said)}` : ''}`;
}
