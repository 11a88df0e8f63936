const NEWLINE = 0x0a;

/**
 * An answer of JSON objects, one a line, that ends with an error where a line is none: the client of Ollama would write the line
 * to the console, leave it out and go on. What follows the last object that is wanted is read too, so that the connection can
 * be used again.
 */
export function jsonLines(response: Response): Response {
  if (response.body === null) throw new Error('the answer has no body');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const check = new LineCheck();
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    try {
      const { done, value } = await reader.read();
      if (done) {
        check.end();
        controller.close();
        return;
      }
      check.chunk(value);
      controller.enqueue(value);
    } catch (error) {
      await reader.cancel().catch(() => undefined);
      controller.error(error);
    }
  };
  const stream = new ReadableStream({ pull, cancel: (reason) => reader.cancel(reason) });
  return new Response(stream, { status: response.status, headers: response.headers });
}

/** Reads every line as the client will: what it cannot read it writes to the console as it is. */
class LineCheck {
  private rest: Uint8Array[] = [];

  chunk(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const newline = bytes.indexOf(NEWLINE, from);
      this.rest.push(bytes.slice(from, newline === -1 ? bytes.length : newline));
      if (newline === -1) return;
      this.end();
      from = newline + 1;
    }
  }

  /** @throws Error where the line that ends here is no object */
  end(): void {
    const line = Buffer.concat(this.rest.splice(0)).toString();
    if (line !== '' && !isObject(line)) throw new Error('it answers with something that is not JSON');
  }
}

function isObject(line: string): boolean {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' && read !== null && !Array.isArray(read);
  } catch {
    return false;
  }
}
