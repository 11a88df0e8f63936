import { z } from 'zod';

/** The postgres forms that `DATABASE_URL` takes; the last one is how the reference documents write it. */
const POSTGRES_SCHEMES = ['postgres://', 'postgresql://', 'postgresql+asyncpg://'];

const text = z.string().trim().min(1);
const flag = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'], 'expected true or false'))
  .transform((value) => ['true', '1', 'yes', 'on'].includes(value));

const integer = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, `expected a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `expected a whole number from ${min} to ${max}`);

const postgresUrl = text
  .refine(
    (value) => POSTGRES_SCHEMES.some((scheme) => value.startsWith(scheme)) && URL.canParse(value),
    `expected a URL that begins with ${POSTGRES_SCHEMES.join(' or ')}`,
  )
  .transform((value) => value.replace(/^postgresql\+asyncpg:/, 'postgresql:'));

const redisUrl = text.refine(
  (value) => /^rediss?:\/\//.test(value) && URL.canParse(value),
  'expected a URL that begins with redis:// or rediss://',
);

const queueName = text.regex(
  /^[A-Za-z0-9_.-]{1,64}$/,
  'expected 1 to 64 letters, digits, dots, dashes or underscores',
);

/**
 * Every variable that Azt3kNet reads, in the order of `.env.example`: name → schema over its text, with the description
 * that the example file prints. A value that is absent or empty takes the default.
 */
export const environmentSchema = z.object({
  // Core runtime
  AZT3KNET_ENVIRONMENT: z
    .enum(['development', 'staging', 'production'])
    .default('development')
    .describe('development, staging or production'),
  AZT3KNET_LOG_LEVEL: text
    .toLowerCase()
    .pipe(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']))
    .default('info')
    .describe('fatal, error, warn, info, debug, trace or silent; upper case is fine'),
  AZT3KNET_DEFAULT_SEED: text
    .max(200)
    .optional()
    .describe('seed of a request that names none; without it one is generated and told'),
  AZT3KNET_PREVIEW_LIMIT: integer(1, 10_000)
    .prefault('100')
    .describe('most records that an answer shows without persisting them'),
  AZT3KNET_DATA_DIR: text
    .default('.azt3knet')
    .describe('folder of the embedded database, generated secrets, exports and reports'),
  API_HOST: text.default('127.0.0.1').describe('address that the API listens on'),
  API_PORT: integer(0, 65_535).prefault('8000').describe('port that the API listens on; 0 picks a free one'),

  // Storage and queues
  DATABASE_BACKEND: z
    .enum(['postgres', 'sqlite'])
    .default('postgres')
    .describe('postgres, or sqlite of older set-ups: the embedded PostgreSQL takes its place'),
  DATABASE_URL: postgresUrl
    .optional()
    .describe(
      'external PostgreSQL 16+ (postgres://, postgresql:// or postgresql+asyncpg://); unset: embedded',
    ),
  DATABASE_OWNER_URL: postgresUrl
    .optional()
    .describe('role that owns the schema and runs migrations, when DATABASE_URL names a lesser one'),
  REDIS_URL: redisUrl
    .optional()
    .describe('queues and events on Redis (redis://, rediss://); unset: on PostgreSQL'),
  QUEUE_POPULATION: queueName.default('population').describe('name of the queue of population jobs'),
  QUEUE_CONTENT: queueName.default('content').describe('name of the queue of content jobs'),
  QUEUE_SIMULATION: queueName.default('simulation').describe('name of the queue of simulation jobs'),

  AZT3KNET_EVENT_RETENTION_DAYS: integer(1, 3650)
    .prefault('7')
    .describe('days that events can be read again from a position'),

  // Feature flags
  AZT3KNET_COMPLIANCE_ENABLED: flag
    .prefault('true')
    .describe('false switches the guard off and marks its decisions unchecked; development only'),

  // Access
  API_SECRET_KEY: z
    .string()
    .min(32, 'expected at least 32 characters')
    .optional()
    .describe('signs access tokens (32 characters or more); unset: generated into the data folder'),
  API_ALGORITHM: z.enum(['HS256', 'HS384', 'HS512']).default('HS256').describe('HS256, HS384 or HS512'),
  API_ACCESS_TOKEN_EXPIRE_MINUTES: integer(1, 1440)
    .prefault('30')
    .describe('life of an access token, in minutes'),
  AZT3KNET_ADMIN_PASSWORD: z
    .string()
    .min(12, 'expected at least 12 characters')
    .max(200)
    .optional()
    .describe('password of the user admin (12 characters or more); unset: generated at first start'),
});

export type Environment = z.infer<typeof environmentSchema>;
export type EnvironmentName = keyof Environment;
