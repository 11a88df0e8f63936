import { Injectable } from '@nestjs/common';
import {
  declareDocumentEvents,
  DocumentEditing,
  DocumentEditor,
  type Edit,
  type EditedDocument,
} from '../../../core/documents/index.js';
import type { PolicySummary } from './policy.kind.js';
import { PolicyLibrary } from './policy-library.js';
import type { LoadedPolicy } from './policy.loader.js';
import { withRuleStatus, type RuleChange } from './rule-status.js';

const EVENTS = declareDocumentEvents('policy', 'compliance:read', 'policies');

/** Changes the policies of this installation. */
@Injectable()
export class PolicyEditor extends DocumentEditor<LoadedPolicy, PolicySummary> {
  constructor(library: PolicyLibrary, editing: DocumentEditing) {
    super(library, EVENTS, editing);
  }

  /**
   * Gives a rule another status, as a newer version of its policy; its note says which, where none is given.
   * @throws ComplianceError `rule_not_found`; as {@link replace}
   */
  async setRuleStatus(
    name: string,
    change: RuleChange,
    edit: Edit,
  ): Promise<EditedDocument<LoadedPolicy, PolicySummary>> {
    const content = await this.changed(name, change);
    const { rule, status, percent } = change;
    const note = edit.note ?? `${rule}: ${status}${percent === undefined ? '' : ` ${percent} %`}`;
    return this.replace(name, content, 'document', { ...edit, note });
  }

  /** The text of a policy with another status of a rule, under the version after the newest. @throws as setRuleStatus */
  async changed(name: string, change: RuleChange): Promise<string> {
    const { content } = await this.library.get(name);
    const { documents } = await this.library.versions(name, { limit: 1 });
    return withRuleStatus(content, change, documents[0]?.version ?? '0.0.0');
  }
}
