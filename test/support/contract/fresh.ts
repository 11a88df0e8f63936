import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Secret, TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { sealContext, Sealing } from '../../../src/core/secrets/index.js';
import { newSecret } from '../../../src/modules/auth/keys/key.format.js';
import { PolicyEditor } from '../../../src/modules/compliance/policy/policy-editor.js';
import { TemplateEditor } from '../../../src/modules/content/templates/template-editor.js';
import { TokenService } from '../../../src/modules/auth/tokens/token.service.js';
import { newTotpSecret } from '../../../src/modules/auth/totp/totp.js';
import { templateText } from '../documents.js';
import type { Route } from './document.js';
import { addBot, addBotCommand, addIncident, botName, botValues } from './bots.js';
import { addCampaign, addPublication, campaignName, campaignValues } from './campaigns.js';
import { addNetwork, addNetworkToken, networkName, networkValues } from './networks.js';
import { roleOf, type Sender } from './senders.js';
import { addWorker, workerValues } from './workers.js';
import { addAgentSession, addSessionPlan, sessionValues } from './sessions.js';
import { addWorkflow, workflowValues } from './workflows.js';

/** Of everybody who sends. */
export const PASSWORD = 'a password for the tests of the contract';

type Maker = (fresh: Fresh) => Promise<string>;

/** What a request may spend is made when it is sent: `FRESH-KEY` in a request stands for a key of who sends it. */
const MAKERS: Readonly<Record<string, Maker>> = {
  USERNAME: (fresh) => Promise.resolve(fresh.username),
  /** Somebody else, who has logged in. */
  USER: (fresh) => fresh.addUser('user', 'person').then(({ id }) => id),
  SESSION: (fresh) => fresh.addSession(fresh.id),
  KEY: async (fresh) => (await fresh.addKey(fresh.id, 'key')).id,
  ROLE: (fresh) => fresh.addRole(),
  KID: (fresh) => fresh.addSigningKey(),
  /** Of an authenticator that is to be confirmed. */
  FIRSTCODE: (fresh) => fresh.enrol(false),
  CODE: (fresh) => fresh.enrol(true),
  CLIENT: (fresh) => fresh.client().then(({ username }) => username),
  SECRET: (fresh) => fresh.client().then(({ secret }) => secret),
  /** Of a text that the guard blocked, of one that waits for a person, and of one that the sender works on. */
  BLOCKED: (fresh) => fresh.addDecision('block'),
  REVIEW: (fresh) => fresh.addReview(false),
  CLAIMED: (fresh) => fresh.addReview(true),
  POLICY: (fresh) => fresh.addPolicyVersion(),
  /** Somebody else, with an authenticator. */
  ENROLLED: (fresh) => fresh.addEnrolled(),
  /** A template that is a draft, in its one version. */
  TEMPLATE: (fresh) => fresh.addTemplateDraft(),
  BOTNAME: () => Promise.resolve(botName()),
  BOT: (fresh) => addBot(fresh.source, fresh.id, 'stopped'),
  /** One that is told something, by a name that the sender has. */
  COMMANDED: (fresh) => addBot(fresh.source, fresh.id, 'running', fresh.bot),
  BOTCOMMAND: async (fresh) =>
    addBotCommand(fresh.source, await addBot(fresh.source, fresh.id, 'running', fresh.bot)),
  INCIDENT: (fresh) => addIncident(fresh.source, fresh.id),
  CAMPAIGNNAME: () => Promise.resolve(campaignName()),
  CAMPAIGN: (fresh) => addCampaign(fresh.source, 'draft'),
  RUNNINGCAMPAIGN: (fresh) => addCampaign(fresh.source, 'running'),
  PAUSEDCAMPAIGN: (fresh) => addCampaign(fresh.source, 'paused'),
  PUBLICATION: (fresh) => addPublication(fresh.source),
  WORKER: (fresh) => addWorker(fresh.source),
  WORKFLOW: (fresh) => addWorkflow(fresh.source, 'waiting'),
  SESSIONPLAN: (fresh) => addSessionPlan(fresh.source, 'running'),
  PAUSEDSESSIONPLAN: (fresh) => addSessionPlan(fresh.source, 'paused'),
  AGENTSESSION: (fresh) => addAgentSession(fresh.source),
  FAILEDWORKFLOW: (fresh) => addWorkflow(fresh.source, 'failed'),
  NETWORKNAME: () => Promise.resolve(networkName()),
  NETWORK: (fresh) => addNetwork(fresh.source),
  CONVERSATION: (fresh) => fresh.addConversation(),
  NETWORKTOKEN: (fresh) => addNetworkToken(fresh.source, fresh.id),
};
const PLACEHOLDER = /FRESH-([A-Z]+)/g;

/** Routes that need a policy with an earlier version, or one of one's own. */
const NEWER = /^\/api\/v1\/policies\/\{name\}\/(rollback|rules)/;

/** The review that a route can do something with. */
function reviewOf(name: string): string {
  if (name.endsWith('/appeal')) return 'FRESH-BLOCKED';
  return name.startsWith('POST') && name.endsWith('/claim') ? 'FRESH-REVIEW' : 'FRESH-CLAIMED';
}

/** Values of fields that are made when the request is sent. */
export function freshValues(route: Route): Record<string, readonly unknown[]> {
  const { name, path } = route;
  const ids = /\/(users|sessions|keys)\/\{id\}/.exec(path)?.[1];
  const user = path.endsWith('/reset-totp') ? 'FRESH-ENROLLED' : 'FRESH-USER';
  const id = { users: user, sessions: 'FRESH-SESSION', keys: 'FRESH-KEY' }[ids ?? ''];
  return {
    user_id: ['FRESH-USER'],
    role: ['viewer', 'user', 'FRESH-ROLE'],
    scopes: ['populations:read', 'drafts:read'],
    password: [PASSWORD, 'wrong'],
    current_password: [PASSWORD, PASSWORD, 'wrong'],
    new_password: ['another password for the tests', PASSWORD, 'short'],
    code: [path.endsWith('/confirm') ? 'FRESH-FIRSTCODE' : 'FRESH-CODE'],
    totp_code: ['FRESH-CODE'],
    kid: ['FRESH-KID'],
    grant_type: ['client_credentials'],
    client_id: ['FRESH-CLIENT'],
    client_secret: ['FRESH-SECRET'],
    scope: ['populations:read', 'populations:read drafts:read'],
    ...(id !== undefined && { id: [id] }),
    ...(path.includes('/conversations/') && { id: ['FRESH-CONVERSATION'] }),
    ...(path.includes('/reviews/') && { id: [reviewOf(name)] }),
    ...(NEWER.test(path) && { name: ['FRESH-POLICY', 'FRESH-POLICY', 'spam'], rule: ['adverts'] }),
    ...(path.endsWith('/activate') && { name: ['FRESH-TEMPLATE'], version: ['1.0.0', '1.0.0', '2.0.0'] }),
    ...(path.endsWith('/login') && { username: ['FRESH-USERNAME', 'admin'] }),
    ...(path.includes('/roles/') && { name: ['FRESH-ROLE', 'FRESH-ROLE', 'viewer'] }),
    ...(name === 'PUT /api/v1/roles/{name}' && { name: ['FRESH-ROLE', 'made', 'viewer'] }),
    ...networkValues(route),
    ...campaignValues(route),
    ...botValues(route),
    ...workflowValues(route),
    ...workerValues(route),
    ...sessionValues(route),
  };
}

/** Who sends one request, and what only that request has: nothing that it ends or takes away is missing to the next. */
export class Fresh {
  private static versions = 0;
  private static templates = 0;
  readonly id = randomUUID();
  readonly username = `sender-${this.id}`;
  readonly bot = `b${this.id}`;
  readonly source: DataSource;
  private readonly users: string[] = [];
  private readonly roles: string[] = [];
  private readonly kids: string[] = [];
  private readonly filled = new Map<string, string>();
  private oauth: Promise<{ username: string; secret: string }> | undefined;

  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly sender: Sender,
  ) {
    this.source = app.get(DataSource);
  }

  /** Makes the account of a sender. */
  static async of(app: NestFastifyApplication, sender: Sender): Promise<Fresh> {
    const fresh = new Fresh(app, sender);
    const kind = sender === 'program' ? 'service' : 'person';
    await fresh.addUser(roleOf(sender), kind, fresh.id, sender === 'newcomer');
    return fresh;
  }

  /** The headers by which the sender shows who it is. @param use of the token, where it is one */
  async credentials(use: 'access' | 'refresh' = 'access'): Promise<Record<string, string>> {
    if (this.sender === 'nobody') return {};
    if (this.sender === 'forger') return { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.' };
    if (this.sender === 'program') return { 'x-api-key': (await this.addKey(this.id, 'key')).secret };
    const tokens = this.app.get(TokenService, { strict: false });
    const token = await tokens.sign({ sub: this.id, sid: this.id }, use, 3_600, this.id);
    return { authorization: `Bearer ${token}` };
  }

  /** Puts what is made for this request where a text names it. */
  async fill(text: string): Promise<string> {
    for (const [, name = ''] of text.matchAll(PLACEHOLDER)) {
      const make = MAKERS[name];
      if (make !== undefined && !this.filled.has(name)) this.filled.set(name, await make(this));
    }
    return text.replaceAll(PLACEHOLDER, (whole, name: string) => this.filled.get(name) ?? whole);
  }

  /** Takes away what would grow, or would let others act. */
  async spend(): Promise<void> {
    // The laboratory remembers who made something: an account stays, and acts no more.
    await this.source.query('UPDATE users SET active = false WHERE id = ANY ($1)', [this.users]);
    if (this.roles.length > 0)
      await this.source.query('DELETE FROM roles WHERE name = ANY ($1)', [this.roles]);
    if (this.kids.length > 0)
      await this.source.query('DELETE FROM signing_keys WHERE kid = ANY ($1)', [this.kids]);
  }

  async addUser(
    role: string,
    kind: 'person' | 'service',
    id: string = randomUUID(),
    isNew = false,
  ): Promise<{ id: string; username: string }> {
    const username = `sender-${id}`;
    this.users.push(id);
    await this.source.query(
      `WITH made AS (
         INSERT INTO users (id, username, role, kind, must_change_password, password_hash)
         SELECT $1, $2, $3, $4, $5, CASE WHEN $4 = 'person' THEN password_hash END FROM users WHERE username = 'admin')
       INSERT INTO sessions (id, user_id, refresh_id, expires_at)
       SELECT $1, $1, $1, now() + interval '1 day' WHERE $4 = 'person'`,
      [id, username, role, kind, isNew],
    );
    return { id, username };
  }

  async addSession(userId: string): Promise<string> {
    const id = randomUUID();
    await this.source.query(
      `INSERT INTO sessions (id, user_id, refresh_id, expires_at) VALUES ($1, $2, $1, now() + interval '1 day')`,
      [id, userId],
    );
    return id;
  }

  async addConversation(): Promise<string> {
    const id = randomUUID();
    await this.source.query(
      `WITH made AS (
         INSERT INTO conversations (id, user_id, language, last_sequence) VALUES ($1, $2, 'en', 1) RETURNING id)
       INSERT INTO conversation_messages (conversation_id, sequence, type, text, body)
       SELECT id, 1, 'said', 'help', '{}' FROM made`,
      [id, this.id],
    );
    return id;
  }

  async addKey(userId: string, kind: 'key' | 'client_secret'): Promise<{ id: string; secret: string }> {
    const id = randomUUID();
    const { secret, prefix, hash } = newSecret(kind);
    await this.source.query(
      `INSERT INTO api_keys (id, user_id, kind, name, prefix, hash, created_by)
       VALUES ($1, $2, $3, 'made for a request', $4, $5, 'test')`,
      [id, userId, kind, prefix, hash],
    );
    return { id, secret };
  }

  async addRole(): Promise<string> {
    const name = `role-${randomUUID()}`;
    this.roles.push(name);
    await this.source.query(
      `INSERT INTO roles (name, description, permissions) VALUES ($1, '', '{populations:read}')`,
      [name],
    );
    return name;
  }

  /** A key that signs nothing any more. */
  async addSigningKey(): Promise<string> {
    const kid = `kid-${randomUUID()}`;
    this.kids.push(kid);
    await this.source.query(
      `INSERT INTO signing_keys (kid, algorithm, public_jwk, private_key, retired_at)
       SELECT $1, algorithm, public_jwk, private_key, now() FROM signing_keys ORDER BY created_at DESC LIMIT 1`,
      [kid],
    );
    return kid;
  }

  /** Somebody else with an authenticator. */
  async addEnrolled(): Promise<string> {
    const { id } = await this.addUser('user', 'person');
    await this.enrol(true, id);
    return id;
  }

  /** Gives the sender, or somebody else, an authenticator. @returns the code of this moment */
  async enrol(confirmed: boolean, id: string = this.id): Promise<string> {
    const secret = newTotpSecret();
    const context = sealContext('users', 'totp_secret', id);
    const sealed = this.app.get(Sealing, { strict: false }).seal(secret, context);
    await this.source.query(
      `UPDATE users SET totp_secret = $2, totp_confirmed_at = CASE WHEN $3 THEN now() END WHERE id = $1`,
      [id, sealed, confirmed],
    );
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  }

  /** A decision of the guard on a text that is gone. */
  async addDecision(action: 'block' | 'review'): Promise<string> {
    const id = randomUUID();
    await this.source.query(
      `INSERT INTO decisions (id, subject_type, subject_id, text_hash, policies, action, checked, compliance_score,
         labels, matches, decided_by)
       VALUES ($1, 'draft', $1::uuid::text, $1::uuid::text, '[]', $2, true, 0.5, '{}', '[]', 'test')`,
      [id, action],
    );
    return id;
  }

  async addReview(isClaimed: boolean): Promise<string> {
    const id = await this.addDecision('review');
    await this.source.query(
      `INSERT INTO reviews (id, severity, due_at, claimed_by, claimed_until)
       VALUES ($1, 'medium', now() + interval '1 hour', $2, $3)`,
      [id, ...(isClaimed ? [this.id, new Date(Date.now() + 3_600_000)] : [null, null])],
    );
    return id;
  }

  /** Another version of a policy that every sender shares. @returns its name */
  async addPolicyVersion(): Promise<string> {
    const editor = this.app.get(PolicyEditor, { strict: false });
    Fresh.versions += 1;
    const rule = `{ id: adverts, title: Adverts, status: shadow, severity: low, action: label, label: advert,
      terms: [fresh advert], tests: { matches: [a fresh advert], passes: [nothing] } }`;
    const text = `id: fresh\nversion: ${Fresh.versions}.0.0\ntitle: Fresh\ndescription: Made for a request.\nauthor: test\ncreated: 2026-11-21\nlanguages: [en]\nrules: [${rule}]\n`;
    const edit = { author: 'test' };
    if (Fresh.versions === 1) await editor.add(text, 'document', edit);
    else await editor.replace('fresh', text, 'document', edit);
    return 'fresh';
  }

  /** A template of one version that is a draft. @returns its name */
  async addTemplateDraft(): Promise<string> {
    Fresh.templates += 1;
    const name = `fresh_${Fresh.templates}`;
    const editor = this.app.get(TemplateEditor, { strict: false });
    await editor.add(templateText(name), 'document', { author: 'test', draft: true });
    return name;
  }

  /** A service account with a client secret. */
  client(): Promise<{ username: string; secret: string }> {
    this.oauth ??= this.addUser('viewer', 'service').then(async ({ id, username }) => ({
      username,
      ...(await this.addKey(id, 'client_secret')),
    }));
    return this.oauth;
  }
}
