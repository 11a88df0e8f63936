import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../../core/config/index.js';
import { parseYamlDocument } from '../../../core/documents/index.js';
import { PROJECT_ROOT } from '../../../core/project.js';

export const SYMPTOMS = [
  'exited',
  'crash_loop',
  'not_startable',
  'heartbeat_missed',
  'stuck',
  'memory_high',
  'memory_leak',
  'cpu_high',
  'error_rate',
  'event_loop_lag',
  'log_flood',
] as const;
export type Symptom = (typeof SYMPTOMS)[number];

/** `wait`: the reconciler tries again by itself, as often as its pauses allow. */
export const HEALING_ACTIONS = ['restart', 'quarantine', 'reduce_concurrency', 'wait'] as const;
export type HealingAction = (typeof HEALING_ACTIONS)[number];

const seconds = z.number().min(0).max(86_400);

const PlaybookFile = z.strictObject({
  version: z.string(),
  /** Actions on one bot in a time: what is more waits for a person. */
  budget: z.strictObject({ actions: z.int().min(1).max(10_000), per_seconds: seconds }),
  /** A playbook that so rarely helped, of so many times, only proposes. */
  demotion: z.strictObject({ after: z.int().min(1).max(1_000), below: z.number().min(0).max(1) }),
  playbooks: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, 'must be words in lower case with dashes between'),
        when: z.enum(SYMPTOMS),
        /** What of it is too much; each symptom has its own unit. */
        threshold: z.number().min(0).optional(),
        /** So long it must have been there. */
        for_seconds: seconds.default(0),
        action: z.enum(HEALING_ACTIONS),
        /** Between two actions on one bot. */
        cooldown_seconds: seconds.default(0),
        /** It has helped when the bot is well for so long. */
        verify_seconds: seconds.default(10),
        /** It has not helped when the bot is not well by then. */
        give_up_seconds: seconds.default(600),
      }),
    )
    .min(1)
    .max(100)
    .refine(
      (list) => new Set(list.map(({ when }) => when)).size === list.length,
      'has two playbooks for one symptom',
    ),
});
export type PlaybookFile = z.infer<typeof PlaybookFile>;
export type Playbook = PlaybookFile['playbooks'][number];

const NAME = 'playbooks.yaml';

/** @throws DocumentError naming the lines that are wrong */
export function readPlaybooks(text: string, source: string): PlaybookFile {
  return parseYamlDocument(text, source, PlaybookFile);
}

/** The operator's playbooks, or the shipped ones. @throws DocumentError */
export function loadPlaybooks({ bots }: Pick<Config, 'bots'>): PlaybookFile {
  const folders = [bots.blueprints, join(PROJECT_ROOT, 'blueprints')];
  const file = folders
    .flatMap((folder) => (folder === undefined ? [] : [join(folder, NAME)]))
    .find((each) => existsSync(each)) as string;
  return readPlaybooks(readFileSync(file, 'utf8'), file);
}
