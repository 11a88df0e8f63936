import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Route } from './document.js';

/** Values of what belongs to bots: what a request makes, moves or ends is its own. */
export function botValues({ name, path }: Route): Record<string, readonly unknown[]> {
  if (path.startsWith('/api/v1/incidents/')) return { id: ['FRESH-INCIDENT'] };
  if (!path.startsWith('/api/v1/bots')) return {};
  const id =
    name === 'POST /api/v1/bots'
      ? 'FRESH-BOTNAME'
      : path.includes('/commands')
        ? 'FRESH-COMMANDED'
        : 'FRESH-BOT';
  return {
    id: [id],
    command: ['FRESH-BOTCOMMAND'],
    blueprint: ['bots/echo_bot.mjs', 'bots/echo_bot.mjs', 'bots/nothing.py'],
    configuration: [{}, { greeting: 'good day' }, { greeting: 1 }],
    role: ['demo'],
    schedule: [null, { start: '0 8 * * 1-5', stop: null, timezone: 'UTC' }, { start: 'at dawn' }],
    follow: [0],
    replicas: [1, 3, 51],
    revision: [null, 1, 99],
    ordinal: [null],
  };
}

export function botName(): string {
  return `b${randomUUID().replaceAll('-', '')}`;
}

const MANIFEST = {
  title: 'Echo',
  configuration: { type: 'object', properties: { greeting: { type: 'string' } } },
  permissions: [],
  update: { strategy: 'rolling', min_ready_seconds: 5, progress_deadline_seconds: 120 },
};

/** A bot that is stopped, or that seems to run. */
export async function addBot(
  source: DataSource,
  ownerId: string,
  status: 'stopped' | 'running',
  id: string = botName(),
): Promise<string> {
  await source.query(
    `INSERT INTO bots (id, owner_id, name, role, blueprint, blueprint_sha256, manifest, configuration, created_by, revision)
     VALUES ($1, $2, 'Sample', 'demo', 'bots/echo_bot.mjs', '', $3, '{}', 'test', 2) ON CONFLICT DO NOTHING`,
    [id, ownerId, JSON.stringify(MANIFEST)],
  );
  await source.query('INSERT INTO bot_states (bot_id, status) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    id,
    status,
  ]);
  // One that it can go back to.
  await source.query(
    `INSERT INTO bot_revisions (bot_id, revision, blueprint, blueprint_sha256, manifest, configuration, created_by)
     SELECT id, number, blueprint, blueprint_sha256, manifest, configuration, created_by
     FROM bots, generate_series(1, 2) AS number WHERE id = $1 ON CONFLICT DO NOTHING`,
    [id],
  );
  return id;
}

/** Something that a bot is told to do. */
export async function addBotCommand(source: DataSource, botId: string): Promise<string> {
  const id = randomUUID();
  await source.query(
    `INSERT INTO bot_commands (id, bot_id, name, arguments, created_by) VALUES ($1, $2, 'echo', '{}', 'test')`,
    [id, botId],
  );
  return id;
}

/** An incident that waits for somebody. */
export async function addIncident(source: DataSource, ownerId: string): Promise<string> {
  const id = randomUUID();
  await source.query(
    `INSERT INTO incidents (id, subject, subject_id, bot_id, symptom, evidence, playbook, action, mode, status)
     VALUES ($1, 'bot', $2, $2, 'exited', '{"failures": 1}', 'restart-after-exit', 'wait', 'propose', 'proposed')`,
    [id, await addBot(source, ownerId, 'stopped')],
  );
  return id;
}
