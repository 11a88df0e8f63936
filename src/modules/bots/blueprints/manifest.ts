import { z } from 'zod';
import { PERMISSIONS, type Permission } from '../../../core/http/index.js';

/** What a program may be given: nothing that decides who may do what, and nothing over bots. */
const KEPT_FROM_BOTS =
  /^(?:users|roles|keys|sessions|signing_keys|audit|bots|cassettes):|decide|approve|policies:write/;
export const BOT_PERMISSIONS = PERMISSIONS.filter((permission) => !KEPT_FROM_BOTS.test(permission)) as [
  Permission,
  ...Permission[],
];

/** What stands beside a program where it runs, and what the manifest is called among what is hashed. */
const TAKEN: ReadonlySet<string> = new Set([
  'manifest',
  'configuration.json',
  'node_modules',
  'azt3knet_bot.py',
]);
const fileName = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/, 'must be the name of a file beside the manifest')
  .refine((name) => !TAKEN.has(name), `must be another name than ${[...TAKEN].join(', ')}`);
const seconds = (most: number) => z.number().positive().max(most);

/** What a blueprint says of itself: the YAML file beside its program, of the same name. */
export const BlueprintManifest = z.strictObject({
  title: z.string().min(1).max(100),
  description: z.string().max(1_000),
  version: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/, 'must be a version such as 1.0.0'),
  /** What runs the entry. */
  runtime: z.enum(['node', 'python']),
  entry: fileName,
  /** More files beside it that it needs. */
  files: z.array(fileName).max(100).default([]),
  arguments: z.array(z.string().max(1_000)).max(50).default([]),
  permissions: z
    .array(z.enum(BOT_PERMISSIONS, `must be a permission that bots may have: ${BOT_PERMISSIONS.join(', ')}`))
    .default([]),
  /** Hosts besides the API; none is open to bots. */
  egress: z.array(z.string()).max(0, 'must be empty: bots reach nothing but the API').default([]),
  /** JSON Schema of 2020-12. */
  configuration: z.record(z.string(), z.unknown()).default({ type: 'object', additionalProperties: false }),
  resources: z
    .strictObject({
      memory_mb: z.int().min(16).max(65_536).default(256),
      /** Cores. */
      cpu: z.number().min(0.01).max(64).default(1),
      open_files: z.int().min(16).max(65_536).default(256),
      processes: z.int().min(1).max(10_000).default(64),
      /** The largest file that it can write. */
      file_mb: z.int().min(1).max(10_240).default(16),
    })
    .prefault({}),
  health: z
    .strictObject({
      /** Between two beats. */
      heartbeat_seconds: seconds(300).default(2),
      /** So many missed beats in a row are a symptom. */
      missed: z.int().min(1).max(100).default(3),
      /** Until the first beat. */
      startup_seconds: seconds(600).default(30),
      /** Without progress, for a bot that says that it has work; null: is not looked at. */
      stuck_seconds: seconds(86_400).nullable().default(null),
    })
    .prefault({}),
  /** How processes of it are replaced by others. */
  update: z
    .strictObject({
      /** One after the other, a new one before the old one ends; or all at once, the old ones first: no two of them run side by side. */
      strategy: z.enum(['rolling', 'recreate']).default('rolling'),
      /** So long a new one must be in good health before the next old one ends. */
      min_ready_seconds: z.number().min(0).max(3_600).default(5),
      /** Without getting on for so long, an update has failed. */
      progress_deadline_seconds: seconds(86_400).default(120),
    })
    .prefault({})
    .refine(
      ({ min_ready_seconds, progress_deadline_seconds }) => progress_deadline_seconds > min_ready_seconds,
      {
        path: ['progress_deadline_seconds'],
        message: 'must be more than min_ready_seconds',
      },
    ),
  /** How long it may take to end. */
  grace_seconds: seconds(300).default(5),
});
export type BlueprintManifest = z.infer<typeof BlueprintManifest>;
