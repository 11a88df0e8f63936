import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretStore } from './stored-secrets.js';

/** Where a secret of AWS Secrets Manager is; credentials are found as the SDK of AWS finds them. */
export interface AwsSecret {
  /** Name or ARN; its value is a JSON object whose keys are the names of variables. */
  id: string;
  region: string;
  /** Another server than that of AWS. */
  endpoint: string | undefined;
  /** How long one attempt may take. */
  timeoutMs: number;
}

const ATTEMPTS = 3;

/** One JSON secret of AWS Secrets Manager. */
export class AwsStore implements SecretStore {
  readonly name: string;
  readonly variable = 'AWS_SECRETS_MANAGER_SECRET_ID';
  private readonly client: SecretsManagerClient;

  constructor(private readonly secret: AwsSecret) {
    this.name = `AWS ${secret.id}`;
    this.client = new SecretsManagerClient({
      region: secret.region,
      ...(secret.endpoint !== undefined && { endpoint: secret.endpoint }),
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: secret.timeoutMs, requestTimeout: secret.timeoutMs },
    });
  }

  async fetch(): Promise<Record<string, unknown>> {
    const command = new GetSecretValueCommand({ SecretId: this.secret.id });
    const { SecretString: text } = await this.client.send(command).catch((error: unknown) => {
      throw new Error(reasonOf(error as Error), { cause: error });
    });
    if (text === undefined) throw new Error('its value is binary, expected a JSON object');
    return objectOf(text);
  }
}

/** The code of an answer; its message may repeat what was sent. */
function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return code ?? error.name;
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // The parser's message quotes the text.
  }
  throw new Error('its value is not a JSON object');
}
