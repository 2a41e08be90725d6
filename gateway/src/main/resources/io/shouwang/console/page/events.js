// Server-sent events read with fetch, so that the token travels in a header and never in a URL.

/** Yields {id, type, data} from a response body; heard is called for each sign of life. */
export async function* readEvents(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = { id: null, type: 'message', data: [] };
  while (true) {
    const { value, done } = await reader.read();
    if (done) return;
    heard();
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (event.data.length > 0) yield { ...event, data: event.data.join('\n') };
        event = { id: null, type: 'message', data: [] };
      } else {
        const colon = line.indexOf(':');
        const name = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (name === 'id') event.id = text;
        else if (name === 'event') event.type = text;
        else if (name === 'data') event.data.push(text);
      }
    }
  }
}
