import {
  draftLanguageValues,
  pathsApiV1TemplatesGetParametersQueryStatusValues as STATUSES,
} from '@azt3knet/client/schema';
import { Option, type Command } from 'commander';
import { uuid, wholeNumber, type Cli } from '../../core/cli/index.js';
import { registerCheckCommand } from '../../core/documents/check.cli.js';
import { registerDocumentCommands } from '../../core/documents/document.cli.js';
import { contextOf, contextOptions, type ContextOptions } from './draft-context.cli.js';
import { describeScores } from './drafts.cli.js';
import { registerStoreCommands } from './template-store.cli.js';

interface PreviewOptions extends ContextOptions {
  agent?: string;
  index?: number;
  variations?: number;
}

export function registerTemplateCommands(program: Command, cli: Cli): void {
  const templates = program.command('templates').description('templates that drafts are written from');
  registerDocumentCommands(templates, cli, 'templates', {
    filters: (list) =>
      list
        .addOption(new Option('--language <code>', 'that it has').choices(draftLanguageValues))
        .addOption(
          new Option('--status <status>', 'the highest versions with this status').choices(STATUSES),
        ),
    drafts: true,
  });
  const command = templates
    .command('preview')
    .description('show what a template makes, without keeping it')
    .argument('<name>', 'the name, or name@version')
    .option('--agent <uuid>', 'as this agent; else a sample agent writes', uuid)
    .option('--index <n>', 'which of the agent’s drafts with this seed (default 0)', wholeNumber(0))
    .option('--variations <n>', 'other captions, up to 5', wholeNumber(1));
  contextOptions(command).action((name: string, options: PreviewOptions) => preview(cli, name, options));
  registerStoreCommands(templates, cli);
  registerCheckCommand(
    templates,
    cli,
    async () => (await import('./templates/template.loader.js')).TEMPLATES,
  );
}

async function preview(cli: Cli, given: string, options: PreviewOptions): Promise<void> {
  const client = await cli.api();
  const [name = '', version] = given.split('@');
  const { seed } = cli;
  const { agent, index, variations } = options;
  const draft = await client.post('/api/v1/templates/{name}/preview', {
    params: { path: { name } },
    body: {
      ...(agent !== undefined && { agent }),
      ...(index !== undefined && { index }),
      ...(variations !== undefined && { variations }),
      ...contextOf(options),
      ...(version !== undefined && { version }),
      ...(seed !== undefined && { seed }),
    },
  });
  const { decision, scores } = draft;
  cli.output.result(
    draft,
    cli.output.pairs([
      ['caption', draft.caption],
      ['alt text', draft.alt_text],
      ['hashtags', draft.hashtags.join(' ')],
      ...draft.variations.map(({ caption }, place) => [`variation ${place + 1}`, caption] as const),
      ['scores', describeScores(scores)],
      [
        'compliance',
        `${decision.action} (${[`score ${decision.compliance_score}`, ...decision.labels].join(', ')})`,
      ],
      ['template', `${draft.template} ${draft.template_version} (${draft.language})`],
      ['seed', `${draft.seed} (synthetic; not kept)`],
    ]),
  );
}
