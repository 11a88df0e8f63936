/**
 * Waits for something that others wait for too, and that this signal does not end.
 * @throws the reason of the signal at once
 */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let reject!: (reason: unknown) => void;
  const aborted = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  const cancel = (): void => reject(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
