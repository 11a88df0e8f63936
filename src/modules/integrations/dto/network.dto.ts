import { z } from 'zod';
import {
  API_PREFIX,
  links,
  page,
  pageQuery,
  sortBy,
  synthetic,
  time,
  uuid,
  wire,
} from '../../../core/http/index.js';
import type { NetworkAccount } from '../network/account.entity.js';
import type { IssuedToken } from '../network/access.service.js';
import type { ListedToken } from '../network/access.repository.js';
import { ACCOUNT_SORTS } from '../network/accounts.repository.js';
import type { Network } from '../network/network.entity.js';
import { NETWORK_SORTS, type NetworkCounts } from '../network/networks.repository.js';
import { SCOPES } from '../network/scopes.js';

const NAME = /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/;

/** Names a network, and goes before its host. */
export const networkName = z
  .string()
  .regex(NAME, 'must have 2 to 40 lower-case letters, digits and dashes, a letter first and no dash last')
  .meta({ description: 'The name of a network.', examples: ['main'] });

export const NetworkParams = z.strictObject({ network: networkName });
export type NetworkParams = z.infer<typeof NetworkParams>;

export function networkPath(name: string): string {
  return `/${API_PREFIX}/networks/${name}`;
}

const id = z.string().meta({ examples: ['115602389123072001'] });
const title = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .meta({ description: 'What people call it.', examples: ['A rehearsal'] });
const open = z.boolean().meta({
  description: 'Whether anybody who reaches the port may read what is public, without signing in.',
});

export const NetworkDto = wire(
  'Network',
  z
    .strictObject({
      synthetic,
      name: networkName,
      title,
      open,
      run_id: uuid
        .nullable()
        .meta({ description: 'The run that it shows; null: agents and users write on it.' }),
      tick: z.int().nullable().meta({ description: 'The tick that the run is shown up to.' }),
      url: z
        .string()
        .nullable()
        .meta({
          description: 'Where clients reach it; null where AZT3KNET_SANDBOX_PORT is not set.',
          examples: ['http://127.0.0.1:8010'],
        }),
      created_by: z.string().meta({ examples: ['admin'] }),
      created_at: time,
      links,
    })
    .describe('A sandbox network.'),
);
export type NetworkDto = z.infer<typeof NetworkDto>;

export function networkDto(network: Network, url: string | null): NetworkDto {
  const { name, title: called, open: isOpen, run_id, tick, created_by, created_at } = network;
  const self = networkPath(name);
  return {
    synthetic: true,
    name,
    title: called,
    open: isOpen,
    run_id,
    tick,
    url,
    created_by,
    created_at: created_at.toISOString(),
    links: { self, accounts: `${self}/accounts`, tokens: `${self}/tokens` },
  };
}

export const NetworkStatusDto = wire(
  'NetworkStatus',
  z
    .strictObject({
      ...NetworkDto.shape,
      accounts: z.int().meta({ examples: [1000] }),
      posts: z.int().meta({ description: 'Posts and boosts that are to be seen.' }),
      held: z.int().meta({ description: 'Posts that wait for a person’s decision.' }),
    })
    .describe('A sandbox network, and how much is on it.'),
);
export type NetworkStatusDto = z.infer<typeof NetworkStatusDto>;

export function networkStatusDto(
  network: Network,
  { accounts, statuses, held }: NetworkCounts,
  url: string | null,
): NetworkStatusDto {
  return { ...networkDto(network, url), accounts, posts: statuses, held };
}

export const NetworkListDto = page('NetworkList', 'networks', NetworkDto);
export type NetworkListDto = z.infer<typeof NetworkListDto>;
export const NetworksQueryDto = pageQuery({ sort: sortBy(NETWORK_SORTS, '-created_at') });
export type NetworksQueryDto = z.infer<typeof NetworksQueryDto>;

export const CreateNetworkDto = wire(
  'CreateNetwork',
  z
    .strictObject({
      name: networkName.meta({ examples: ['rehearsal'] }),
      title: title.optional(),
      open: open.default(false),
    })
    .describe('A network to make.'),
);
export type CreateNetworkDto = z.infer<typeof CreateNetworkDto>;

export const PopulateNetworkDto = wire(
  'PopulateNetwork',
  z
    .strictObject({
      population: z
        .string()
        .min(1)
        .max(64)
        .meta({ description: 'The id, digest or name of a persisted population.', examples: ['metro_cdmx'] }),
      limit: z
        .int()
        .min(1)
        .max(10_000_000)
        .optional()
        .meta({ description: 'Only so many of its agents, in their order.', examples: [1000] }),
    })
    .describe('Whom to give accounts.'),
);
export type PopulateNetworkDto = z.infer<typeof PopulateNetworkDto>;

export const ProjectRunDto = wire(
  'ProjectRun',
  z
    .strictObject({
      run_id: uuid,
      tick: z
        .int()
        .min(0)
        .optional()
        .meta({ description: 'The last tick that is shown; without it, the run’s last.', examples: [60] }),
      name: networkName.optional().meta({
        description: 'Of the network that is made; without it, one of the run and the tick.',
        examples: ['run-at-60'],
      }),
      open: open.default(false),
    })
    .describe('A run to show on a network of its own.'),
);
export type ProjectRunDto = z.infer<typeof ProjectRunDto>;

export const NetworkJobDto = wire(
  'NetworkJob',
  z
    .strictObject({
      synthetic,
      network: networkName,
      job_id: uuid,
      links,
    })
    .describe('Work on a network that was accepted.'),
);
export type NetworkJobDto = z.infer<typeof NetworkJobDto>;

export const NetworkAccountDto = wire(
  'NetworkAccount',
  z
    .strictObject({
      synthetic,
      id,
      username: z.string().meta({ examples: ['ana.torres'] }),
      display_name: z.string().meta({ examples: ['Ana Torres'] }),
      agent_id: uuid.nullable().meta({ description: 'The agent behind it; null: a user.' }),
      posts: z.int(),
      followers: z.int(),
      following: z.int(),
      created_at: time,
    })
    .describe('Somebody on a network.'),
);
export type NetworkAccountDto = z.infer<typeof NetworkAccountDto>;

export function networkAccountDto(account: NetworkAccount): NetworkAccountDto {
  return {
    synthetic: true,
    id: account.id,
    username: account.username,
    display_name: account.display_name,
    agent_id: account.agent_id,
    posts: account.statuses_count,
    followers: account.followers_count,
    following: account.following_count,
    created_at: account.created_at.toISOString(),
  };
}

export const NetworkAccountListDto = page('NetworkAccountList', 'accounts', NetworkAccountDto);
export type NetworkAccountListDto = z.infer<typeof NetworkAccountListDto>;
export const NetworkAccountsQueryDto = pageQuery({
  q: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'A part of the name.', examples: ['ana'] }),
  sort: sortBy(ACCOUNT_SORTS, 'id'),
});
export type NetworkAccountsQueryDto = z.infer<typeof NetworkAccountsQueryDto>;

const scopes = z
  .array(z.enum(SCOPES as [string, ...string[]]))
  .min(1)
  .max(SCOPES.length)
  .meta({ examples: [['read', 'write', 'follow']] });

export const IssueNetworkTokenDto = wire(
  'IssueNetworkToken',
  z
    .strictObject({
      account: z
        .string()
        .min(1)
        .max(64)
        .meta({
          description: 'The account’s id or username, or the id of an agent, who is given an account.',
          examples: ['ana.torres'],
        }),
      scopes: scopes.default(['read', 'write', 'follow']),
      expires_in_days: z
        .int()
        .min(1)
        .max(365)
        .default(90)
        .meta({ examples: [7] }),
    })
    .describe('A token for an account, for a program that acts as it.'),
);
export type IssueNetworkTokenDto = z.infer<typeof IssueNetworkTokenDto>;

const NetworkTokenFields = {
  synthetic,
  id: uuid,
  network: networkName,
  username: z.string().nullable().meta({ description: 'Whose it is; null: the program’s own.' }),
  application: z.string().nullable().meta({ description: 'Who was given it; null: an operator.' }),
  scopes,
  created_by: z.string().meta({ examples: ['admin'] }),
  created_at: time,
  expires_at: time,
};

export const NetworkTokenDto = wire(
  'NetworkToken',
  z.strictObject(NetworkTokenFields).describe('A token that holds, without its secret.'),
);
export type NetworkTokenDto = z.infer<typeof NetworkTokenDto>;

export function networkTokenDto(token: ListedToken, network: Network): NetworkTokenDto {
  const { id: tokenId, username, application, scopes: held, created_by, created_at, expires_at } = token;
  return {
    synthetic: true,
    id: tokenId,
    network: network.name,
    username,
    application,
    scopes: held,
    created_by,
    created_at: created_at.toISOString(),
    expires_at: expires_at.toISOString(),
  };
}

export const NetworkTokenListDto = page('NetworkTokenList', 'tokens', NetworkTokenDto);
export type NetworkTokenListDto = z.infer<typeof NetworkTokenListDto>;
export const NetworkTokensQueryDto = pageQuery({ sort: sortBy(['created_at'], '-created_at') });
export type NetworkTokensQueryDto = z.infer<typeof NetworkTokensQueryDto>;

export const IssuedNetworkTokenDto = wire(
  'IssuedNetworkToken',
  z
    .strictObject({
      ...NetworkTokenFields,
      token: z
        .string()
        .meta({ description: 'Shown this once.', examples: ['mJ1oW1Yl3m0mC0lFAN3vC6q8zj1xv0m'] }),
      url: z.string().nullable().meta({ description: 'Where a client takes it.' }),
    })
    .describe('A token that was made.'),
);
export type IssuedNetworkTokenDto = z.infer<typeof IssuedNetworkTokenDto>;

export function issuedTokenDto(
  { secret, token }: IssuedToken,
  username: string,
  network: Network,
  url: string | null,
): IssuedNetworkTokenDto {
  return {
    ...networkTokenDto(Object.assign({}, token, { username, application: null }), network),
    token: secret,
    url,
  };
}

export const NetworkTokenParams = z.strictObject({ network: networkName, id: uuid });
export type NetworkTokenParams = z.infer<typeof NetworkTokenParams>;
