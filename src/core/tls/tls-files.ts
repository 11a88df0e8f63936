import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AppError } from '../errors/index.js';

/** A certificate and its key in PEM files, by absolute paths. */
export interface TlsFiles {
  certFile: string;
  keyFile: string;
}

/** What they hold. */
export interface TlsMaterial {
  cert: string;
  key: string;
  /** When the certificate ends. */
  validTo: Date;
}

/** A file of certificates or keys that cannot be used; it names the variable. */
export class TlsFileError extends AppError {
  constructor(variable: string, message: string) {
    super('invalid', 'tls_file_unusable', `${variable}: ${message}`, [{ field: variable, message }]);
  }
}

/** The text of a PEM file. @throws TlsFileError when it cannot be read or holds no certificate */
export function readPem(variable: string, path: string): string {
  const text = readText(variable, path);
  certificateIn(variable, path, text);
  return text;
}

/** @throws TlsFileError when a file cannot be read, or the key is not the certificate's */
export function readTlsFiles({ certFile, keyFile }: TlsFiles): TlsMaterial {
  const cert = readText('API_TLS_CERT_FILE', certFile);
  const key = readText('API_TLS_KEY_FILE', keyFile);
  const certificate = certificateIn('API_TLS_CERT_FILE', certFile, cert);
  if (!certificate.checkPrivateKey(privateKeyIn(keyFile, key))) {
    throw new TlsFileError('API_TLS_KEY_FILE', `${keyFile} is not the key of the certificate in ${certFile}`);
  }
  return { cert, key, validTo: new Date(certificate.validTo) };
}

function readText(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new TlsFileError(
      variable,
      `${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? ''}`,
    );
  }
}

function certificateIn(variable: string, path: string, text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw new TlsFileError(variable, `${path} holds no certificate in PEM`);
  }
}

function privateKeyIn(path: string, text: string): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey(text);
  } catch {
    throw new TlsFileError('API_TLS_KEY_FILE', `${path} holds no unencrypted private key in PEM`);
  }
}
