import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { signatureFlaw, type Credentials } from './s3-signature.js';

const CREDENTIALS: Credentials = {
  accessKey: 'AKIDTESTTESTTESTTEST',
  secretKey: 'a secret key of a test',
  region: 'eu-south-2',
  service: 'secretsmanager',
};

/** What the SDK reads its credentials from. */
export const AWS_ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKey,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretKey,
  AWS_REGION: CREDENTIALS.region,
};

/** `GetSecretValue` of AWS Secrets Manager, in its JSON protocol; a request must be signed. */
export class AwsSecretsServer {
  /** Answers every request with this error instead. */
  failure: { status: number; type: string } | undefined;
  readonly secrets = new Map<string, string>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<AwsSecretsServer> {
    const server = createServer();
    const aws = new AwsSecretsServer(server);
    server.on('request', (request, response) => void aws.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return aws;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [status, body] = this.answer(request, await buffer(request));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  }

  private answer(request: IncomingMessage, body: Buffer): [number, object] {
    if (this.failure) return [this.failure.status, { __type: this.failure.type }];
    const flaw = signatureFlaw(request, new URL(request.url ?? '', this.endpoint), body, CREDENTIALS);
    if (flaw !== undefined) return [400, { __type: 'InvalidSignatureException', message: flaw }];
    if (request.headers['x-amz-target'] !== 'secretsmanager.GetSecretValue') {
      return [400, { __type: 'UnknownOperationException' }];
    }
    const { SecretId: id } = JSON.parse(body.toString()) as { SecretId: string };
    const text = this.secrets.get(id);
    if (text === undefined) return [400, { __type: 'ResourceNotFoundException' }];
    return [200, { ARN: `arn:aws:secretsmanager:x:1:secret:${id}`, Name: id, SecretString: text }];
  }
}
