import { readFileSync, statSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import type { SecretSource, SecretValue } from './secret-source.js';

const FOR_OTHERS = 0o077;
const LARGEST_BYTES = 64 * 1024;

type Values = Readonly<Record<string, string | undefined>>;

/** Secrets in files, as Docker and Kubernetes mount them: `<name>_FILE` names the file that holds `<name>`. */
export class SecretFiles implements SecretSource {
  /**
   * @param values the variables, of which those that end in `_FILE` count
   * @param cwd what relative paths start from
   */
  constructor(
    private readonly values: Values,
    private readonly cwd: string,
  ) {}

  /** The file that is said to hold a secret. */
  pathOf(name: string): string | undefined {
    const given = this.values[`${name}_FILE`]?.trim();
    return given === undefined || given === '' ? undefined : resolvePath(this.cwd, given);
  }

  /** As {@link read}, for the start, which waits for nothing else. */
  readNow(name: string): SecretValue | undefined {
    const path = this.pathOf(name);
    if (path === undefined) return undefined;
    try {
      const { size } = statSync(path);
      if (size > LARGEST_BYTES) throw new Error(`it is larger than ${LARGEST_BYTES} bytes`);
      const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
      if (text.trim() === '') throw new Error('it is empty');
      return { text, from: path };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new Error(`${path} cannot be used: ${code ?? message}`, { cause: error });
    }
  }

  read(name: string): Promise<SecretValue | undefined> {
    return new Promise((resolve) => {
      resolve(this.readNow(name));
    });
  }

  /** What an operator should know of the file: that others may read it. */
  warning(name: string): string | undefined {
    const path = this.pathOf(name);
    const mode = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.mode;
    if (mode === undefined || (mode & FOR_OTHERS) === 0) return undefined;
    return `${path} may be read by others (mode ${(mode & 0o777).toString(8)}): chmod 600`;
  }
}
