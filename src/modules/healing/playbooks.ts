import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../core/config/index.js';
import { parseYamlDocument } from '../../core/documents/index.js';
import { PROJECT_ROOT } from '../../core/project.js';

export const SUBJECTS = ['bot', 'worker', 'queue', 'dependency'] as const;
export type Subject = (typeof SUBJECTS)[number];

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
  'anomalous',
  'failing',
  'queue_age',
  'no_worker',
  'dead_letters',
  'paused',
  'reduced',
  'unavailable',
] as const;
export type Symptom = (typeof SYMPTOMS)[number];

/** `wait`: nothing is done but what goes on by itself, such as a reconciler that tries again. */
export const HEALING_ACTIONS = [
  'restart',
  'back_off',
  'quarantine',
  'scale',
  'roll_back',
  'reduce_concurrency',
  'raise_concurrency',
  'drain',
  'hand_back',
  'pause',
  'resume',
  'redrive',
  'open_breaker',
  'wait',
] as const;
export type HealingAction = (typeof HEALING_ACTIONS)[number];

/** What can be found of a subject, and what can be done about it. */
export const POSSIBLE = {
  bot: {
    symptoms: [
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
      'anomalous',
    ],
    actions: ['restart', 'back_off', 'quarantine', 'reduce_concurrency', 'scale', 'roll_back', 'wait'],
  },
  worker: {
    symptoms: ['exited', 'heartbeat_missed', 'memory_high', 'memory_leak', 'event_loop_lag', 'reduced'],
    actions: ['hand_back', 'drain', 'reduce_concurrency', 'raise_concurrency', 'wait'],
  },
  queue: {
    symptoms: ['error_rate', 'failing', 'paused', 'reduced', 'dead_letters', 'queue_age', 'no_worker'],
    actions: ['reduce_concurrency', 'raise_concurrency', 'pause', 'resume', 'redrive', 'wait'],
  },
  dependency: { symptoms: ['unavailable', 'error_rate'], actions: ['open_breaker', 'wait'] },
} as const satisfies Record<Subject, { symptoms: readonly Symptom[]; actions: readonly HealingAction[] }>;

export type SymptomOf<S extends Subject> = (typeof POSSIBLE)[S]['symptoms'][number];

const seconds = z.number().min(0).max(86_400);

/** What an action has to be told beside its name, and no other is. */
const TERMS: Partial<Record<HealingAction, 'replicas' | 'pause_seconds'>> = {
  scale: 'replicas',
  back_off: 'pause_seconds',
  open_breaker: 'pause_seconds',
};

/** The actions that fit a symptom of a subject: only a language model that answers, if with errors, has a breaker to open. */
function actionsFor(subject: Subject, when: Symptom): readonly HealingAction[] {
  return subject === 'dependency' && when === 'unavailable' ? ['wait'] : POSSIBLE[subject].actions;
}

const Playbook = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, 'must be words in lower case with dashes between'),
    subject: z.enum(SUBJECTS).default('bot'),
    when: z.enum(SYMPTOMS),
    /** What of it is too much; each symptom has its own unit. */
    threshold: z.number().min(0).optional(),
    /** Of so long a time errors are counted; for queues. */
    within_seconds: seconds.default(60),
    /** So long it must have been there. */
    for_seconds: seconds.default(0),
    action: z.enum(HEALING_ACTIONS),
    /** Of `scale`: how many processes a bot is to have; as many as people may want. */
    replicas: z.int().min(1).max(50).optional(),
    /** Of `back_off` and `open_breaker`: for how long it is left alone. */
    pause_seconds: seconds.optional(),
    /** Between two actions on one subject. */
    cooldown_seconds: seconds.default(0),
    /** It has helped when the subject is well for so long. */
    verify_seconds: seconds.default(10),
    /** It has not helped when the subject is not well by then. */
    give_up_seconds: seconds.default(600),
  })
  .superRefine((playbook, context) => {
    const { subject, when, action } = playbook;
    for (const [path, value, accepted] of [
      ['when', when, POSSIBLE[subject].symptoms],
      ['action', action, actionsFor(subject, when)],
    ] as const)
      if (!(accepted as readonly string[]).includes(value))
        context.addIssue({
          code: 'custom',
          path: [path],
          message: `of a ${subject} it must be one of ${accepted.join(', ')}`,
        });
    for (const term of ['replicas', 'pause_seconds'] as const) {
      const isNeeded = TERMS[action] === term;
      if (isNeeded === (playbook[term] !== undefined)) continue;
      const users = HEALING_ACTIONS.filter((each) => TERMS[each] === term).join(', ');
      context.addIssue({
        code: 'custom',
        path: [isNeeded ? 'action' : term],
        message: isNeeded ? `${action} needs ${term}` : `is for these actions alone: ${users}`,
      });
    }
  });

const PlaybookFile = z.strictObject({
  version: z.string(),
  /** Actions on one subject in a time: what is more waits for a person. */
  budget: z.strictObject({ actions: z.int().min(1).max(10_000), per_seconds: seconds }),
  /** A playbook that so rarely helped, of so many times, only proposes. */
  demotion: z.strictObject({ after: z.int().min(1).max(1_000), below: z.number().min(0).max(1) }),
  playbooks: z
    .array(Playbook)
    .min(1)
    .max(100)
    .refine(
      (list) => new Set(list.map(({ subject, when }) => `${subject} ${when}`)).size === list.length,
      'has two playbooks for one symptom of a subject',
    )
    .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'has two playbooks of one id'),
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
