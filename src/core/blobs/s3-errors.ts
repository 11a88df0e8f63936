import { S3ServiceException } from '@aws-sdk/client-s3';
import { AppError } from '../errors/index.js';
import { BlobNotFound, BlobRangeInvalid, BlobStorageUnavailable } from './blob.errors.js';

const REFUSALS: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'does not know the key of MINIO_ACCESS_KEY',
  SignatureDoesNotMatch: 'does not accept MINIO_SECRET_KEY',
  RequestTimeTooSkewed: 'refuses us because the clocks differ too much',
  EntityTooLarge: 'takes no object of this size',
  XMinioStorageFull: 'is full',
  QuotaExceeded: 'is full',
};

/** Where a request went. */
export interface S3Place {
  endpoint: string;
  bucket: string;
  key?: string;
}

/** An error of the SDK as one of ours; an AppError as it is. Neither credentials nor request ids are told. */
export function s3Error(error: unknown, place: S3Place): unknown {
  if (error instanceof AppError) return error;
  const { endpoint, bucket, key = '' } = place;
  const options = { cause: error };
  if (!(error instanceof S3ServiceException)) return unreachable(error, endpoint);
  const { name, $metadata } = error;
  if (name === 'NoSuchBucket') return bucketMissing(place, options);
  if (name === 'NoSuchKey' || name === 'NotFound') return new BlobNotFound(key, options);
  if (name === 'InvalidRange') return new BlobRangeInvalid(key, options);
  const refusal =
    REFUSALS[name] ??
    ($metadata.httpStatusCode === 403
      ? `does not let MINIO_ACCESS_KEY use the bucket ${bucket}`
      : `answered ${$metadata.httpStatusCode ?? 'nothing'} (${name})`);
  return new BlobStorageUnavailable(`at ${endpoint} ${refusal}`, options);
}

export function bucketMissing({ endpoint, bucket }: S3Place, options?: ErrorOptions): BlobStorageUnavailable {
  const advice = `has no bucket ${bucket}; \`azt3knet storage setup\` creates it`;
  return new BlobStorageUnavailable(`at ${endpoint} ${advice}`, options);
}

/** Codes and names of errors of the connection; anything else is a defect and stays what it is. */
const CONNECTION =
  /^(E[A-Z_]+|TimeoutError|UND_ERR_.*|HPE_.*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/;
const LOST = /connection lost|socket hang up|aborted|premature close/i;
const DAMAGED = /checksum mismatch/i;

function unreachable(error: unknown, endpoint: string): unknown {
  const { code, name, message } = error as NodeJS.ErrnoException;
  const options = { cause: error };
  if (DAMAGED.test(message)) {
    return new BlobStorageUnavailable(`at ${endpoint} gives other bytes than were put`, options);
  }
  const known = [code, name].find((each) => each !== undefined && CONNECTION.test(each));
  if (known === undefined && !LOST.test(message)) return error;
  const reason = known ?? message;
  return new BlobStorageUnavailable(`at ${endpoint} cannot be reached or broke off (${reason})`, options);
}
