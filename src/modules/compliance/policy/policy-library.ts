import { createHash } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { compareVersions, DocumentLibrary, DocumentsRepository } from '../../../core/documents/index.js';
import { InvalidInputError } from '../../../core/http/index.js';
import { compilePolicies, type CompiledPolicies } from '../guard/compiled-policies.js';
import type { TextClassifier } from '../guard/text-classifier.js';
import { POLICIES, type PolicySummary } from './policy.kind.js';
import type { LoadedPolicy } from './policy.loader.js';

/** What scores texts in this process; undefined where nothing does. */
export const TEXT_CLASSIFIER = Symbol('TEXT_CLASSIFIER');

/** Which text of a policy was in force. */
export interface PolicyVersion {
  id: string;
  version: string;
  /** SHA-256 of the policy's text. */
  sha256: string;
}

/** Policies that decide together. */
export interface PoliciesInForce {
  readonly policies: readonly LoadedPolicy[];
  readonly versions: readonly PolicyVersion[];
  /** SHA-256 over the versions and that of the classifier: the same, the same decisions. */
  readonly fingerprint: string;
  /** Made when it is first asked for, which takes a tenth of a second: many processes never decide anything. */
  readonly compiled: CompiledPolicies;
}

/** The policies of this installation. */
@Injectable()
export class PolicyLibrary extends DocumentLibrary<LoadedPolicy, PolicySummary> {
  private shipped: ReadonlyMap<string, LoadedPolicy> | undefined;
  private last: PoliciesInForce | undefined;

  constructor(
    @InjectDataSource() dataSource: DataSource,
    repository: DocumentsRepository,
    @Optional() @Inject(TEXT_CLASSIFIER) private readonly classifier?: TextClassifier,
  ) {
    super(POLICIES, dataSource, repository);
  }

  /** Read once, when something is first decided: those that come with the product do not change while it runs. */
  private get shippedPolicies(): ReadonlyMap<string, LoadedPolicy> {
    this.shipped ??= new Map(this.reader.shipped().map(({ name, value }) => [name, value]));
    return this.shipped;
  }

  /**
   * The policies in force now: of every name the current version. Asks the database each time, so that every process takes
   * a change up with its next decision; reads only what changed.
   * @throws DocumentError where a version that was given cannot be read any more: then nothing is decided
   */
  async inForce(manager: EntityManager = this.dataSource.manager): Promise<PoliciesInForce> {
    const given = await this.repository.newestOfAll(manager, this.kind.kind);
    const chosen = new Map<string, PolicyVersion>();
    for (const { id, version, sha256 } of this.shippedPolicies.values())
      chosen.set(id, { id, version, sha256 });
    for (const { name: id, version, sha256 } of given) {
      const other = chosen.get(id);
      if (other === undefined || compareVersions(version, other.version) >= 0)
        chosen.set(id, { id, version, sha256 });
    }
    const versions = [...chosen.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const fingerprint = this.fingerprintOf(versions);
    if (this.last?.fingerprint === fingerprint) return this.last;
    const policies: LoadedPolicy[] = [];
    // One after the other: in a transaction they share a connection.
    for (const version of versions) policies.push(await this.readOne(version, manager));
    this.last = this.together(policies);
    return this.last;
  }

  /**
   * What would be in force in the place of a policy, or of its version `name@version`, if it were retired; what comes with the
   * product stays. @throws DocumentStoreError `policy_not_found`
   */
  async without(reference: string): Promise<{ name: string; candidate: LoadedPolicy | undefined }> {
    const { manager } = this.dataSource;
    const { name, version } = await this.get(reference);
    const one = reference.includes('@') ? version : undefined;
    const shipped = this.shippedPolicies.get(name)?.version;
    const left = (await this.known(name, manager)).find((each) =>
      each.origin === 'stored'
        ? each.retired_at === null && one !== undefined && each.version !== one
        : each.version === shipped,
    );
    const found = left && (await this.version(name, left, manager));
    return { name, candidate: found?.value };
  }

  /** @throws InvalidInputError for a name that no policy ever had */
  async requireKnown(name: string): Promise<void> {
    if ((await this.known(name)).length > 0) return;
    const names = await this.names(this.dataSource.manager);
    const message = `must be the name of a policy: ${names.join(', ')}`;
    throw new InvalidInputError([{ field: 'policy', message }]);
  }

  /** Policies that decide together, whether they are in force or not. */
  together(policies: readonly LoadedPolicy[]): PoliciesInForce {
    const versions = policies.map(({ id, version, sha256 }) => ({ id, version, sha256 }));
    const { classifier } = this;
    let compiled: CompiledPolicies | undefined;
    return {
      policies,
      versions,
      fingerprint: this.fingerprintOf(versions),
      get compiled() {
        compiled ??= compilePolicies(policies, { classifier });
        return compiled;
      },
    };
  }

  private async readOne(
    { id, version, sha256 }: PolicyVersion,
    manager: EntityManager,
  ): Promise<LoadedPolicy> {
    const shipped = this.shippedPolicies.get(id);
    if (shipped?.sha256 === sha256) return shipped;
    const found = await this.version(id, { version, sha256 }, manager);
    if (found === undefined) throw new Error(`the policy ${id}@${version} was not stored`);
    return found.value;
  }

  private fingerprintOf(versions: readonly PolicyVersion[]): string {
    const identity = JSON.stringify([versions, this.classifier?.version ?? null]);
    return createHash('sha256').update(identity).digest('hex');
  }
}
