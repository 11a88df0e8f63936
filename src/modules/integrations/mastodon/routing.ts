import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { HeldToken } from '../network/access.repository.js';
import type { NetworkAccount } from '../network/account.entity.js';
import type { NetworkActor } from '../network/interactions.service.js';
import type { Network } from '../network/network.entity.js';
import type { Scope } from '../network/scopes.js';
import type { Viewer } from '../network/timelines.repository.js';
import { Unauthorized } from './errors.js';
import type { Places } from '../network/places.js';

/**
 * Who may call a route: `public`, anybody; `app`, any token; `read`, who has a token of an account with the scope, or anybody
 * where the network is open; `user`, who has a token of an account with the scope, or with all of several.
 */
export type Access = 'public' | 'app' | { read: Scope } | { user: Scope | readonly Scope[] };

/** Who calls: the token, and whose it is. */
export interface Session {
  token: HeldToken;
  account: NetworkAccount | undefined;
  /** What the token is good for now. */
  scopes: readonly string[];
  /** For the audit: the user, the account or the program. */
  actor: string;
  /** Why it may change nothing now, whatever its scopes. */
  halted?: string | undefined;
}

/** A request that was let through. */
export interface Call<Input = unknown> {
  network: Network;
  session: Session | undefined;
  places: Places;
  input: Input;
  /** Of the path. */
  params: Readonly<Record<string, string>>;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A route of the client API. It is refused unless `access` lets a caller through: there is no default. */
export interface MastodonRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  access: Access;
  /** Somebody proves who they are: few attempts from one address. */
  proves?: 'login' | 'token';
  /** It is opened in a browser: refusals are pages, too. */
  page?: boolean;
  /** The body is a file. */
  upload?: boolean;
  input: z.ZodObject;
  handle: (call: Call<never>) => unknown;
}

/** A route whose handler is given what its schema makes of the input: query and body together. */
export function route<Input extends z.ZodObject>(
  definition: Omit<MastodonRoute, 'input' | 'handle'> & {
    input: Input;
    handle: (call: Call<z.infer<Input>>) => unknown;
  },
): MastodonRoute {
  return definition;
}

/** Whose eyes look. */
export function viewerOf({ network, session }: Call): Viewer {
  return { network: network.id, account: session?.account?.id ?? null };
}

/** Who acts; routes for users have one. */
export function actorOf({ network, session }: Pick<Call, 'network' | 'session'>): NetworkActor {
  if (session?.account === undefined) throw new Unauthorized('this needs a token of an account');
  return { network, account: session.account };
}

declare module 'fastify' {
  interface FastifyContextConfig {
    mastodon?: MastodonRoute;
  }
}
