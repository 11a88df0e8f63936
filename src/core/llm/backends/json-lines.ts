const NEWLINE = 0x0a;
const OPEN = 0x7b;
const CLOSE = 0x7d;

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

/** Looks at where lines begin and end, which is enough to tell a broken one from a whole one. */
class LineCheck {
  private first: number | undefined;
  private last: number | undefined;

  chunk(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const newline = bytes.indexOf(NEWLINE, from);
      const to = newline === -1 ? bytes.length : newline;
      if (to > from) {
        this.first ??= bytes[from];
        this.last = bytes[to - 1];
      }
      if (newline === -1) return;
      this.end();
      from = newline + 1;
    }
  }

  /** @throws Error where the line that ends here is no object */
  end(): void {
    if (this.first !== undefined && (this.first !== OPEN || this.last !== CLOSE)) {
      throw new Error('it answers with something that is not JSON');
    }
    this.first = undefined;
    this.last = undefined;
  }
}
