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
  };
}

export function botName(): string {
  return `b${randomUUID().replaceAll('-', '')}`;
}

const MANIFEST = {
  title: 'Echo',
  configuration: { type: 'object', properties: { greeting: { type: 'string' } } },
  permissions: [],
};

/** A bot that is stopped, or that seems to run. */
export async function addBot(
  source: DataSource,
  ownerId: string,
  status: 'stopped' | 'running',
  id: string = botName(),
): Promise<string> {
  await source.query(
    `INSERT INTO bots (id, owner_id, name, role, blueprint, blueprint_sha256, manifest, configuration, created_by)
     VALUES ($1, $2, 'Sample', 'demo', 'bots/echo_bot.mjs', '', $3, '{}', 'test') ON CONFLICT DO NOTHING`,
    [id, ownerId, JSON.stringify(MANIFEST)],
  );
  await source.query('INSERT INTO bot_states (bot_id, status) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    id,
    status,
  ]);
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
    `INSERT INTO bot_incidents (id, bot_id, symptom, evidence, playbook, action, mode, status)
     VALUES ($1, $2, 'exited', '{"failures": 1}', 'restart-after-exit', 'wait', 'propose', 'proposed')`,
    [id, await addBot(source, ownerId, 'stopped')],
  );
  return id;
}
