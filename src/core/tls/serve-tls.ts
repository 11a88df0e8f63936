import type { SecureContextOptions, Server } from 'node:tls';
import { readTlsFiles, type TlsFiles, type TlsMaterial } from './tls-files.js';

/** Renewals are rare, and two small files are quickly read. */
const LOOK_MS = 2_000;

/** Who hears of renewals. */
export interface CertificateLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Suites of TLS 1.3, and those of TLS 1.2 that keep what was said secret when the key gets out, and are authenticated. */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':');

/** What a server of these files is made with: TLS 1.2 and later. @throws TlsFileError */
export function tlsOptions(files: TlsFiles): SecureContextOptions {
  return optionsOf(readTlsFiles(files));
}

function optionsOf({ cert, key }: TlsMaterial): SecureContextOptions {
  return { cert, key, minVersion: 'TLSv1.2', ciphers: CIPHERS, honorCipherOrder: true };
}

/**
 * Gives a server the certificate anew whenever its files have changed; connections that are open keep theirs. Files that
 * do not fit each other, as in the middle of a renewal, change nothing.
 * @returns ends the watch
 */
export function followCertificate(
  server: Pick<Server, 'setSecureContext'>,
  files: TlsFiles,
  log: CertificateLog,
  lookMs = LOOK_MS,
): () => void {
  let current = readTlsFiles(files);
  let trouble: string | undefined;
  const look = (): void => {
    try {
      const found = readTlsFiles(files);
      trouble = undefined;
      if (found.cert === current.cert && found.key === current.key) return;
      server.setSecureContext(optionsOf(found));
      current = found;
      log.info({ valid_to: found.validTo.toISOString() }, 'the certificate was renewed');
    } catch (error) {
      const { message } = error as Error;
      if (message !== trouble) log.warn({ error: message }, 'the certificate stays as it was');
      trouble = message;
    }
  };
  const timer = setInterval(look, lookMs);
  timer.unref();
  return () => clearInterval(timer);
}
