import { createHash } from 'node:crypto';
import { LlmError } from '../llm.errors.js';
import type { Answer, Backend, BackendCall } from './backend.js';

/** No model: the rule of the caller answers, and stands for the model. */
export class RulesBackend implements Backend {
  readonly name = 'rules';
  readonly model = 'rules';
  readonly servers = [];

  /** @throws LlmError `llm_no_rule` */
  async chat({ request, seed = '', count }: BackendCall): Promise<Answer> {
    const { rule, purpose } = request;
    if (rule === undefined) throw LlmError.noRule(purpose);
    return {
      content: rule.answer(request, seed, count),
      thinking: '',
      finish: 'stop',
      tokens: { input: 0, output: 0 },
      timing: { total_ms: 0 },
    };
  }

  async digest({ request }: Pick<BackendCall, 'request'>): Promise<string> {
    if (request.rule === undefined) throw LlmError.noRule(request.purpose);
    return createHash('sha256').update(`rules:${request.rule.id}`).digest('hex');
  }

  async probe(): Promise<void> {}
}
