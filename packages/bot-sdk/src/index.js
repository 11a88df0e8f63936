// What a bot is made with. It needs nothing but Node.js: its host is HTTP on a socket beside it, or on the network of a cluster.
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';

/** Without an answer of its host for so long, nobody looks after it any more. */
const ORPHAN_MS = 600_000;
const TIMEOUT_MS = 60_000;
/** A host that starts, or starts again, is waited for so long. */
const HOST_MS = 15_000;
const AWAY = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

export class ApiFailure extends Error {
  constructor(status, body) {
    super(body?.detail ?? `the answer is ${status}`);
    this.name = 'ApiFailure';
    this.status = status;
    this.body = body;
  }
}

function needed(name) {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: a bot is started by Azt3kNet, not by itself`);
  return value;
}

/** How the host is asked: by its socket where there is one. */
function hostOf() {
  const url = process.env['AZT3KNET_BOT_HOST_URL'];
  if (url === undefined) return { send: http, options: { socketPath: needed('AZT3KNET_BOT_SOCKET') } };
  const { protocol, hostname, port } = new URL(url);
  return { send: protocol === 'https:' ? https : http, options: { hostname, port } };
}

export class Bot {
  #host = hostOf();
  #beatFile = process.env['AZT3KNET_BOT_BEAT_FILE'];
  #tokenFile = needed('AZT3KNET_BOT_TOKEN_FILE');
  #beatMs = Number(process.env['AZT3KNET_BOT_HEARTBEAT_SECONDS'] ?? 2) * 1_000;
  #agent = new this.#host.send.Agent({ keepAlive: true, maxSockets: 4 });
  #abort = new AbortController();
  #commands = new Map();
  #stops = [];
  #requests = 0;
  #errors = 0;
  #lag = 0;
  #heardAt = performance.now();

  id = needed('AZT3KNET_BOT_ID');
  configuration = JSON.parse(readFileSync(needed('AZT3KNET_BOT_CONFIGURATION_FILE'), 'utf8'));
  working = false;
  progress = 0;
  activity = '';
  stopping = this.#abort.signal;
  log = Object.fromEntries(
    ['debug', 'info', 'warn', 'error'].map((level) => [
      level,
      (message, fields = {}) =>
        process.stdout.write(
          `${JSON.stringify({ ...fields, time: new Date().toISOString(), level, message })}\n`,
        ),
    ]),
  );

  count(requests, errors = 0) {
    this.#requests += requests;
    this.#errors += errors;
  }

  command(name, handler) {
    this.#commands.set(name, handler);
    return this;
  }

  onStop(handler) {
    this.#stops.push(handler);
    return this;
  }

  async run(work) {
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => this.#abort.abort());
    let code = 0;
    const beats = this.#beats();
    try {
      if (work === undefined) await this.#stopped();
      else await Promise.race([work(this), this.#stopped()]);
    } catch (error) {
      if (!this.stopping.aborted) {
        this.log.error(error?.stack ?? String(error));
        code = 1;
      }
    }
    this.#abort.abort();
    for (const handler of this.#stops) await handler();
    await beats;
    process.exit(code);
  }

  async sleep(seconds) {
    await wait(seconds * 1_000, undefined, { signal: this.stopping }).catch(() => {});
  }

  self() {
    return this.#ask('GET', '/self');
  }

  async state() {
    return (await this.#ask('GET', '/state')).state;
  }

  async keep(state) {
    await this.#ask('PUT', '/state', state);
  }

  async api(method, path, body) {
    try {
      const answer = await this.#ask(method, path, body);
      this.count(1);
      return answer;
    } catch (error) {
      this.count(1, 1);
      throw error;
    }
  }

  #stopped() {
    if (this.stopping.aborted) return Promise.resolve();
    return new Promise((resolve) => this.stopping.addEventListener('abort', resolve, { once: true }));
  }

  async #beats() {
    let due = performance.now();
    while (!this.stopping.aborted) {
      this.#lag = Math.max(0, performance.now() - due);
      try {
        await this.#beat();
        // Whoever looks at the file sees when the bot was last heard.
        if (this.#beatFile !== undefined) writeFileSync(this.#beatFile, '');
        this.#heardAt = performance.now();
      } catch (error) {
        // The host may be starting again.
        if (performance.now() - this.#heardAt > ORPHAN_MS) {
          this.log.error(`the host has not answered for long: ${error.message}`);
          this.#abort.abort();
        }
      }
      due = performance.now() + this.#beatMs;
      await wait(this.#beatMs, undefined, { signal: this.stopping }).catch(() => {});
    }
  }

  async #beat() {
    const { commands } = await this.#ask('POST', '/beat', {
      requests: this.#requests,
      errors: this.#errors,
      working: this.working,
      progress: this.progress,
      event_loop_lag_ms: Math.round(this.#lag),
      activity: this.activity.slice(0, 200),
    });
    for (const command of commands) void this.#obey(command);
  }

  async #obey({ id, name, arguments: given }) {
    const handler = this.#commands.get(name);
    let outcome;
    try {
      if (handler === undefined) {
        const known = [...this.#commands.keys()].join(', ') || 'none';
        throw new Error(`this bot does not know the command ${name}; it knows: ${known}`);
      }
      outcome = { ok: true, result: (await handler(given)) ?? {} };
    } catch (error) {
      outcome = { ok: false, result: { error: error?.message ?? String(error) } };
    }
    await this.#ask('POST', `/commands/${id}`, outcome).catch((error) =>
      this.log.warn(`the result of ${name} was not taken: ${error.message}`),
    );
  }

  async #ask(method, path, body) {
    const end = performance.now() + HOST_MS;
    for (;;) {
      try {
        return await this.#askOnce(method, path, body);
      } catch (error) {
        if (!AWAY.has(error?.code) || performance.now() > end || this.stopping.aborted) throw error;
        await this.sleep(0.2);
      }
    }
  }

  #askOnce(method, path, body) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      // It is renewed while the bot runs.
      authorization: `Bearer ${readFileSync(this.#tokenFile, 'utf8')}`,
      ...(text !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
    };
    return new Promise((resolve, reject) => {
      const options = {
        ...this.#host.options,
        agent: this.#agent,
        method,
        path,
        headers,
        timeout: TIMEOUT_MS,
      };
      const asked = this.#host.send.request(options, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.once('error', reject);
        answer.once('end', () => {
          const read = readAnswer(Buffer.concat(parts).toString());
          if (answer.statusCode < 400) resolve(read);
          else reject(new ApiFailure(answer.statusCode, read));
        });
      });
      asked.once('timeout', () => asked.destroy(new Error('the host did not answer in time')));
      asked.once('error', reject);
      asked.end(text);
    });
  }
}

function readAnswer(text) {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
