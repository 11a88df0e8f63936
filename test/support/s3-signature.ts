import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const hash = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([a-z0-9]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
const MAX_SKEW_MS = 15 * 60_000;

export interface Credentials {
  accessKey: string;
  secretKey: string;
  region: string;
  /** Whose requests are signed; `s3` where nothing else is said. */
  service?: string;
}

/** RFC 3986, as AWS Signature Version 4 wants it. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The code with which a service of AWS refuses a request that is not signed as it must be; undefined for a good one. */
export function signatureFlaw(
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  { accessKey, secretKey, region, service = 's3' }: Credentials,
): string | undefined {
  const match = AUTHORIZATION.exec(request.headers.authorization ?? '');
  if (!match) return 'AccessDenied';
  const [, key = '', day = '', signedRegion = '', signedService = '', names = '', signature = ''] = match;
  if (key !== accessKey) return 'InvalidAccessKeyId';
  if (signedRegion !== region || signedService !== service) return 'AuthorizationHeaderMalformed';
  const header = (name: string): string => String(request.headers[name] ?? '');
  const stamp = header('x-amz-date');
  const signedAt = Date.parse(
    stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (!(Math.abs(Date.now() - signedAt) < MAX_SKEW_MS)) return 'RequestTimeTooSkewed';
  // Only S3 wants the hash of the body in a header as well.
  const payload = service === 's3' ? header('x-amz-content-sha256') : hash(body);
  if (/^[0-9a-f]{64}$/.test(payload) ? payload !== hash(body) : payload !== 'UNSIGNED-PAYLOAD') {
    return 'XAmzContentSHA256Mismatch';
  }
  const query = [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&');
  const headers = names.split(';').map((name) => `${name}:${header(name).trim()}\n`);
  if (!names.split(';').includes('host')) return 'AccessDenied';
  const canonical = [request.method, url.pathname, query, headers.join(''), names, payload].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', stamp, scope, hash(canonical)].join('\n');
  const signing = [region, service, 'aws4_request'].reduce(
    (signed: Buffer, part) => hmac(signed, part),
    hmac(`AWS4${secretKey}`, day),
  );
  const expected = hmac(signing, text);
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? undefined : 'SignatureDoesNotMatch';
}
