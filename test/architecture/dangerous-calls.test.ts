import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';

/** What the sources do not do, or only where it is said why; an entry that nobody needs any more fails the test. */
const RULES: Readonly<Record<string, { pattern: RegExp; allowed?: Readonly<Record<string, string>> }>> = {
  'run text as code': {
    pattern: /\beval\(|new Function\(|node:vm|from 'vm'|setTimeout\(\s*['"`]/,
    allowed: {
      'src/modules/scheduler/quotas/redis-buckets.ts':
        'Redis runs three scripts of ours, with their values beside them',
    },
  },
  'go through a shell': {
    pattern: /(?<![.\w])exec(?:Sync)?\(|import \{[^}]*\bexec(?:Sync)?\b[^}]*\} from|shell: ?true/,
  },
  'start programs': {
    pattern: /from 'node:child_process'/,
    allowed: {
      'src/modules/bots/executor/process-executor.ts':
        'programs of blueprints whose SHA-256 was compared, confined, without a shell',
      'src/modules/bots/executor/child-processes.ts': 'the type of what was started, and nothing else',
      'src/modules/bots/executor/confinement.ts': '/bin/true, to see what this machine allows',
      'src/modules/command/voice/pocketsphinx.recogniser.ts':
        'the recogniser that is configured, with arguments of ours; a fixed line of /bin/sh gives it a pipe',
      'src/core/database/embedded/process-identity.ts': '/bin/ps with fixed arguments',
      'src/core/database/embedded/server.ts': 'the PostgreSQL of a package, with arguments of ours',
      'src/core/database/embedded/binaries.ts': 'the PostgreSQL of a package, with arguments of ours',
    },
  },
  'draw lots that can be guessed': {
    pattern: /Math\.random\(/,
    allowed: { 'src/core/cli/file-lock.ts': 'how long a waiting process sleeps' },
  },
  'use broken hashes, ciphers or modes': {
    pattern:
      /(?:createHash|createHmac)\(\s*['"`](?!sha(?:256|384|512)['"`])|(?:md5|sha1|aes-\d+-(?:ecb|cbc|ctr)|des-|rc4)['"`]|RSA_PKCS1_PADDING/i,
  },
  encrypt: {
    pattern: /create(?:Cipher|Decipher)iv|publicEncrypt|privateDecrypt/,
    allowed: { 'src/core/secrets/sealing.ts': 'AES-256-GCM' },
  },
  'believe any certificate': {
    pattern: /rejectUnauthorized: ?false|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity: ?\(\)/,
    allowed: {
      'src/modules/observability/check-machine.ts':
        'asks this machine whether it is there, and tells it nothing',
    },
  },
  'make objects of other things than data': {
    pattern: /node:v8|\.deserialize\(|from 'node-serialize'|!!js\//,
  },
  'keep cookies': { pattern: /set-cookie|@fastify\/cookie|\.setCookie\(/i },
};

const sources = globSync(['src/**/*.ts', 'packages/client/src/**/*.ts'], { cwd: PROJECT_ROOT })
  .filter((file) => !file.endsWith('.spec.ts'))
  .map((file) => ({ file, text: readFileSync(join(PROJECT_ROOT, file), 'utf8') }));

describe('the sources', () => {
  it('are read by this test', () => {
    expect(sources.length).toBeGreaterThan(300);
  });

  it.each(Object.entries(RULES))('do not %s', (_, { pattern, allowed = {} }) => {
    const found = sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
    expect(found.toSorted()).toEqual(Object.keys(allowed).toSorted());
  });

  it.each([
    ['run text as code', 'const f = new Function("return 1")'],
    ['go through a shell', "import { exec, spawn } from 'node:child_process'"],
    ['go through a shell', "spawn('ls', { shell: true })"],
    ['use broken hashes, ciphers or modes', "createHash('md5')"],
    ['use broken hashes, ciphers or modes', "createCipheriv('aes-256-cbc', key, iv)"],
    ['believe any certificate', 'connect({ rejectUnauthorized: false })'],
    ['keep cookies', "reply.header('Set-Cookie', 'a=b')"],
  ])('would be caught if they did %s: %s', (rule, text) => {
    expect(RULES[rule]?.pattern.test(text)).toBe(true);
  });
});
