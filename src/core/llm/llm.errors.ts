import { AppError, type ErrorKind, type FieldIssue } from '../errors/index.js';
import type { BackendName } from './llm.types.js';

/** The longest piece of a server's own words that is repeated. */
const LONGEST_QUOTE = 300;

/** What a server says of itself, short and in one line. */
function quoted(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}

/** What is to be done about a failure. */
interface Remedy {
  /** Whether the same call may be answered a little later. */
  again?: boolean;
  /** The server has too much to do; it works, though. */
  overloaded?: boolean;
  /** Milliseconds that the server asked to be left alone for. */
  waitMs?: number | undefined;
  issues?: readonly FieldIssue[];
  cause?: unknown;
}

/** A call of a language model that was not made or brought nothing of use. No message has a prompt or an answer in it. */
export class LlmError extends AppError {
  readonly again: boolean;
  readonly overloaded: boolean;
  readonly waitMs: number | undefined;

  private constructor(kind: ErrorKind, code: string, message: string, remedy: Remedy = {}) {
    super(kind, code, message, remedy.issues ?? [], { cause: remedy.cause });
    this.again = remedy.again ?? false;
    this.overloaded = remedy.overloaded ?? false;
    this.waitMs = remedy.waitMs;
  }

  /** The server cannot be reached, broke off, or failed. */
  static failed(backend: BackendName, reason: string, cause?: unknown): LlmError {
    return new LlmError('unavailable', 'llm_unavailable', `${backend} cannot answer: ${quoted(reason)}`, {
      again: true,
      cause,
    });
  }

  /** 429 and 503: there is too much to do. */
  static overloaded(backend: BackendName, status: number, waitMs: number | undefined): LlmError {
    const message = `${backend} has too much to do (it answers ${status})`;
    return new LlmError('unavailable', 'llm_unavailable', message, { again: true, overloaded: true, waitMs });
  }

  /** It failed so often that it is not asked for a while. */
  static broken(backend: BackendName, seconds: number): LlmError {
    const message = `${backend} has failed several times and is asked again in ${seconds} s`;
    return new LlmError('unavailable', 'llm_unavailable', message);
  }

  static modelMissing(backend: BackendName, model: string): LlmError {
    const hint = backend === 'ollama' ? `: run \`ollama pull ${model}\` there` : '';
    return new LlmError('unavailable', 'llm_model_missing', `${backend} has no model ${model}${hint}`);
  }

  /** The server will not take the request, whenever it is asked. */
  static refused(backend: BackendName, status: number, said: string): LlmError {
    const message = `${backend} does not take the request (${status}): ${quoted(said)}`;
    return new LlmError('unavailable', 'llm_refused', message);
  }

  static deadline(): LlmError {
    return new LlmError('unavailable', 'llm_deadline', 'the language model has not answered by the deadline');
  }

  static empty(model: string, times: number): LlmError {
    const message = `${model} has given an empty answer ${times} times`;
    return new LlmError('unavailable', 'llm_answer_empty', message);
  }

  /** @param issues what was wrong with the last answer, by the path in it */
  static invalid(model: string, times: number, issues: readonly FieldIssue[]): LlmError {
    const [first] = issues;
    const what =
      first === undefined ? '' : `: ${first.field === '' ? '' : `${first.field} `}${first.message}`;
    const message = `${model} has not given an answer that fits in ${times} attempts${what}`;
    return new LlmError('unavailable', 'llm_answer_invalid', message, { issues });
  }

  static recordsMissing(model: string, wanted: number, given: number): LlmError {
    const message = `${model} has given ${given} of ${wanted} records, and in the last batches none that was new`;
    return new LlmError('unavailable', 'llm_records_missing', message);
  }

  /** There is no model, and the caller has no rule in its place. */
  static noRule(purpose: string): LlmError {
    const message = `${purpose} needs a language model: set OLLAMA_BASE_URL or AZT3KNET_OPENAI_BASE_URL`;
    return new LlmError('unavailable', 'llm_no_rule', message);
  }

  /** A backend was named that the configuration does not have. */
  static notConfigured(backend: BackendName): LlmError {
    const variable = backend === 'ollama' ? 'OLLAMA_BASE_URL' : 'AZT3KNET_OPENAI_BASE_URL';
    return new LlmError('unavailable', 'llm_not_configured', `${backend} is not configured: set ${variable}`);
  }

  /** A caller asks for what makes no sense. */
  static invalidRequest(field: string, message: string): LlmError {
    return new LlmError('invalid', 'llm_request_invalid', `${field}: ${message}`, {
      issues: [{ field, message }],
    });
  }
}
