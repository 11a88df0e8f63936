import { Body, Controller, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, Route, type Caller } from '../../core/http/index.js';
import { jobPath, type Job } from '../jobs/index.js';
import {
  CreateNetworkDto,
  IssuedNetworkTokenDto,
  issuedTokenDto,
  IssueNetworkTokenDto,
  networkAccountDto,
  NetworkAccountListDto,
  NetworkAccountsQueryDto,
  networkDto,
  NetworkDto,
  NetworkJobDto,
  NetworkListDto,
  NetworkParams,
  networkPath,
  NetworksQueryDto,
  networkStatusDto,
  NetworkStatusDto,
  networkTokenDto,
  NetworkTokenListDto,
  NetworkTokenParams,
  NetworkTokensQueryDto,
  PopulateNetworkDto,
  ProjectRunDto,
} from './dto/network.dto.js';
import { NetworkAccessService } from './network/access.service.js';
import { AccountsService } from './network/accounts.service.js';
import { NetworksService } from './network/networks.service.js';
import { NetworkPlaces } from './network/places.js';
import { NetworkJobs } from './projection/network-jobs.js';

@Controller('networks')
@Route.group('networks')
export class NetworksController {
  constructor(
    private readonly networks: NetworksService,
    private readonly accounts: AccountsService,
    private readonly access: NetworkAccessService,
    private readonly jobs: NetworkJobs,
    private readonly places: NetworkPlaces,
  ) {}

  @Get()
  @Route({
    summary: 'Sandbox networks, the newest first unless another order is asked for.',
    permission: 'networks:read',
    query: NetworksQueryDto,
    answers: { 200: NetworkListDto },
  })
  async list(@Query() query: NetworksQueryDto): Promise<NetworkListDto> {
    const { rows, next } = await this.networks.list(query);
    const networks = rows.map((network) => networkDto(network, this.places.urlOf(network)));
    return { synthetic: true, networks, next_cursor: next };
  }

  @Post()
  @Route({
    summary: 'Makes an empty sandbox network.',
    permission: 'networks:write',
    body: CreateNetworkDto,
    answers: { 201: NetworkDto },
  })
  async create(
    @Body() { name, title = name, open }: CreateNetworkDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NetworkDto> {
    const network = await this.networks.create({ name, title, open }, caller.username);
    void reply.header('Location', networkPath(name));
    return networkDto(network, this.places.urlOf(network));
  }

  @Post('projections')
  @Route({
    summary: 'Accepts a job that shows a run on a network of its own.',
    description:
      'Its people become accounts, and what they did up to the tick posts, replies, boosts, favourites and follows.',
    permission: 'networks:write',
    body: ProjectRunDto,
    answers: { 202: NetworkJobDto },
  })
  async project(
    @Body() body: ProjectRunDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NetworkJobDto> {
    const { run_id: runId, tick, name, open } = body;
    const accepted = await this.jobs.project({ runId, tick, name, open }, caller);
    return accept(reply, accepted.network, accepted.job);
  }

  @Get(':network')
  @Route({
    summary: 'A sandbox network, and how much is on it.',
    permission: 'networks:read',
    params: NetworkParams,
    answers: { 200: NetworkStatusDto },
  })
  async get(@Param() { network: name }: NetworkParams): Promise<NetworkStatusDto> {
    const network = await this.networks.get(name);
    return networkStatusDto(network, await this.networks.counts(network), this.places.urlOf(network));
  }

  @Delete(':network')
  @Route({
    summary: 'Deletes a sandbox network with all that is on it.',
    description: 'The network `main` stays.',
    permission: 'networks:write',
    params: NetworkParams,
    answers: { 204: null },
  })
  async delete(@Param() { network }: NetworkParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.networks.delete(network, caller.username);
  }

  @Post(':network/populate')
  @Route({
    summary: 'Accepts a job that gives the agents of a population accounts.',
    description: 'Those that have one keep it.',
    permission: 'networks:write',
    params: NetworkParams,
    body: PopulateNetworkDto,
    answers: { 202: NetworkJobDto },
  })
  async populate(
    @Param() { network }: NetworkParams,
    @Body() { population, limit }: PopulateNetworkDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NetworkJobDto> {
    return accept(reply, network, await this.jobs.populate(network, population, limit, caller));
  }

  @Get(':network/accounts')
  @Route({
    summary: 'The accounts of a sandbox network.',
    permission: 'networks:read',
    params: NetworkParams,
    query: NetworkAccountsQueryDto,
    answers: { 200: NetworkAccountListDto },
  })
  async listAccounts(
    @Param() { network }: NetworkParams,
    @Query() { q, ...request }: NetworkAccountsQueryDto,
  ): Promise<NetworkAccountListDto> {
    const { rows, next } = await this.accounts.list(await this.networks.get(network), q, request);
    return { synthetic: true, accounts: rows.map(networkAccountDto), next_cursor: next };
  }

  @Get(':network/tokens')
  @Route({
    summary: 'The tokens of a sandbox network that hold, without their secrets.',
    permission: 'networks:read',
    params: NetworkParams,
    query: NetworkTokensQueryDto,
    answers: { 200: NetworkTokenListDto },
  })
  async tokens(
    @Param() { network: name }: NetworkParams,
    @Query() query: NetworkTokensQueryDto,
  ): Promise<NetworkTokenListDto> {
    const network = await this.networks.get(name);
    const { rows, next } = await this.access.list(network, query);
    const tokens = rows.map((token) => networkTokenDto(token, network));
    return { synthetic: true, tokens, next_cursor: next };
  }

  @Post(':network/tokens')
  @Route({
    summary: 'Makes a token for an agent’s account, without a password.',
    description:
      'For programs that act as agents. The answer alone has the secret. Users sign in for theirs.',
    permission: 'networks:write',
    params: NetworkParams,
    body: IssueNetworkTokenDto,
    answers: { 201: IssuedNetworkTokenDto },
  })
  async issue(
    @Param() { network: name }: NetworkParams,
    @Body() { account: reference, scopes, expires_in_days: days }: IssueNetworkTokenDto,
    @CurrentCaller() caller: Caller,
  ): Promise<IssuedNetworkTokenDto> {
    const network = await this.networks.get(name);
    const account = await this.accounts.played(network, reference);
    const request = { network, account, app: undefined, userId: undefined, scopes, days };
    const issued = await this.access.issue({ ...request, actor: caller.username });
    return issuedTokenDto(issued, account.username, network, this.places.urlOf(network));
  }

  @Delete(':network/tokens/:id')
  @Route({
    summary: 'Ends a token of a sandbox network.',
    permission: 'networks:write',
    params: NetworkTokenParams,
    answers: { 204: null },
  })
  async revoke(@Param() { network, id }: NetworkTokenParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.access.revoke(await this.networks.get(network), id, caller.username);
  }
}

function accept(reply: FastifyReply, network: string, { id }: Job): NetworkJobDto {
  void reply.header('Location', jobPath(id));
  return {
    synthetic: true,
    network,
    job_id: id,
    links: { job: jobPath(id), network: networkPath(network) },
  };
}
