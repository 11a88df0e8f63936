import { z } from 'zod';
import { ALLOW_RULE, isAllowEntry } from '../egress/allow-list.js';
import { addressRange } from '../http/client-address.js';
import { ROUTE_GROUPS, type RouteGroup } from '../http/route-groups.js';
import { parseSealingKeys, SEALING_KEYS_RULE } from '../secrets/sealing-keys.js';

// What the texts of variables may be, and what becomes of them.

/** The postgres forms that `DATABASE_URL` takes; the last one is how the reference documents write it. */
const POSTGRES_SCHEMES = ['postgres://', 'postgresql://', 'postgresql+asyncpg://'];

export const text = z.string().trim().min(1);
export const flag = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'], 'expected true or false'))
  .transform((value) => ['true', '1', 'yes', 'on'].includes(value));

export const oneOf = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  z.enum(values, `expected ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`);

export const integer = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, `expected a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `expected a whole number from ${min} to ${max}`);

export const postgresUrl = text
  .refine(
    (value) => POSTGRES_SCHEMES.some((scheme) => value.startsWith(scheme)) && URL.canParse(value),
    `expected a URL that begins with ${POSTGRES_SCHEMES.join(' or ')}`,
  )
  .transform((value) => value.replace(/^postgresql\+asyncpg:/, 'postgresql:'));

export const redisUrl = text.refine(
  (value) => /^rediss?:\/\//.test(value) && URL.canParse(value),
  'expected a URL that begins with redis:// or rediss://',
);

/** `host:port`, several with commas between them. */
export const hostList = text
  .refine(
    (value) => value.split(',').every((each) => /^\s*[\w.-]{1,253}:\d{1,5}\s*$/.test(each)),
    'expected host:port, several separated by commas',
  )
  .transform((value) => value.split(',').map((each) => each.trim()));

export const originList = text
  .transform((value) => value.split(',').map((origin) => origin.trim()))
  .pipe(
    z.array(
      z
        .string()
        .refine(
          (origin) => /^https?:/.test(origin) && URL.parse(origin)?.origin === origin,
          'expected http://host:port or https://host:port without a path, several separated by commas',
        ),
    ),
  );

/** Addresses and ranges of them. */
export const addressList = text
  .transform((value) => value.split(',').map((address) => address.trim()))
  .pipe(
    z.array(
      z
        .string()
        .refine(
          (address) => addressRange(address) !== undefined,
          'expected addresses or ranges such as 10.0.0.0/8 or fd00::/8, separated by commas',
        ),
    ),
  );

/** `group=limit,group=limit` */
export const groupLimits = text
  .refine(
    (value) =>
      value
        .split(',')
        .every((each) => new RegExp(`^\\s*(?:${ROUTE_GROUPS.join('|')})=\\d{1,9}\\s*$`).test(each)),
    `expected group=number, several separated by commas; groups are ${ROUTE_GROUPS.join(', ')}`,
  )
  .transform((value) =>
    value.split(',').map((each): [RouteGroup, number] => {
      const [group, limit] = each.trim().split('=');
      return [group as RouteGroup, Number(limit)];
    }),
  );

export const egressList = text
  .transform((value) => value.split(',').map((entry) => entry.trim()))
  .pipe(z.array(z.string().refine(isAllowEntry, ALLOW_RULE)));

/** A PEM or other file that must be readable at the start; relative to the folder that the program is started in. */
export const file = text.max(4_096);

export const httpUrl = text.refine(
  (value) => /^https?:\/\//.test(value) && URL.canParse(value),
  'expected a URL that begins with http:// or https://',
);

/** Where others reach the API; a path before its own is kept. */
export const publicUrl = httpUrl.pipe(
  z
    .string()
    .refine((value) => {
      const { username, password, search, hash } = new URL(value);
      return `${username}${password}${search}${hash}` === '';
    }, 'expected a URL without a user, ? or #, such as https://lab.example')
    .transform((value) => new URL(value).href.replace(/(?<!\/)\/+$/, '')),
);

/** Where clients find a server whose paths are given: without one of its own. */
export const originUrl = publicUrl.refine(
  (value) => new URL(value).origin === value,
  'expected a URL without a path, such as https://social.lab.example',
);

/** A server that is spoken to over a WebSocket. */
export const socketUrl = text.refine((value) => {
  const url = URL.parse(value);
  return url !== null && /^wss?:$/.test(url.protocol) && `${url.username}${url.password}${url.hash}` === '';
}, 'expected a URL that begins with ws:// or wss://, without a user or #');

/** Servers of the same kind, by their base URLs without a slash at the end. */
export const serverList = text
  .transform((value) => value.split(',').map((url) => url.trim()))
  .pipe(z.array(publicUrl).min(1).max(16));

/** Of a million tokens. */
export const price = z
  .string()
  .trim()
  .regex(/^\d{1,6}(?:\.\d{1,6})?$/, 'expected a price such as 0 or 2.50')
  .transform(Number);

export const timeZone = text.refine((value) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'expected a time zone such as UTC or America/Mexico_City');

/** `name=value,name=value`, as OpenTelemetry writes headers; names and values are percent-encoded. */
export const headerList = text.regex(
  /^\s*[^=,\s]+\s*=[^,]*(?:,\s*[^=,\s]+\s*=[^,]*)*$/,
  'expected name=value, several separated by commas',
);

/** Is not shown by any listing and may come from the file that `<name>_FILE` names. */
export const SECRET = { secret: true };

/** A secret whose new value is taken on while the process runs. */
export const LIVE_SECRET = { secret: true, live: true };

/** A secret that opens a store of secrets, and so cannot come from one. */
export const STORE_SECRET = { secret: true, opens: true };

export const sealingKeyList = text.refine(
  (value) => parseSealingKeys(value) !== undefined,
  SEALING_KEYS_RULE,
);

/** Secrets of Standard Webhooks. */
export const webhookSecrets = text.refine(
  (value) => value.split(',').every((each) => /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(each.trim())),
  'expected whsec_ and base64 of 24 to 64 bytes, several separated by commas',
);

export const queueName = text.regex(
  /^[A-Za-z0-9_.-]{1,64}$/,
  'expected 1 to 64 letters, digits, dots, dashes or underscores',
);

/** S3's rules for names, without the dots that break its certificates. */
export const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
export const BUCKET_RULE = 'expected 3 to 63 lower-case letters, digits and dashes';

export const objectStorageUrl = text
  .transform((value) => (/^[a-z]+:\/\//i.test(value) ? value : `//${value}`))
  .refine((value) => {
    const url = URL.parse(value, 'http://localhost');
    return (
      url !== null &&
      ['http:', 'https:'].includes(url.protocol) &&
      url.hostname !== '' &&
      `${url.username}${url.password}${url.search}${url.hash}` === '' &&
      url.pathname === '/'
    );
  }, 'expected http://host:port, https://host:port or host:port');
