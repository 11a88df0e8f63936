import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { PERMISSIONS, Route, synthetic, wire } from '../../../core/http/index.js';
import { BlueprintLibrary } from './blueprint-library.js';

const BlueprintDto = wire(
  'Blueprint',
  z
    .strictObject({
      synthetic,
      path: z.string().meta({ examples: ['bots/analytics_bot.py'] }),
      title: z.string(),
      description: z.string(),
      version: z.string().meta({ examples: ['1.0.0'] }),
      runtime: z.enum(['node', 'python']),
      sha256: z.string().meta({ description: 'Of its manifest and files.' }),
      shipped: z.boolean().meta({ description: 'Whether it came with Azt3kNet.' }),
      permissions: z.array(z.enum(PERMISSIONS)),
      configuration: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of 2020-12.' }),
      problem: z.string().nullable().meta({ description: 'Why no bot can be made of it.' }),
    })
    .describe('A program that bots can be made of.'),
);
type BlueprintDto = z.infer<typeof BlueprintDto>;

const BlueprintListDto = wire(
  'BlueprintList',
  z
    .strictObject({ synthetic, blueprints: z.array(BlueprintDto) })
    .describe('All blueprints, by their paths.'),
);
type BlueprintListDto = z.infer<typeof BlueprintListDto>;

@Controller('blueprints')
@Route.group('bots')
export class BlueprintsController {
  constructor(private readonly library: BlueprintLibrary) {}

  @Get()
  @Route({
    summary: 'The programs that bots can be made of.',
    permission: 'bots:read',
    answers: { 200: BlueprintListDto },
  })
  list(): BlueprintListDto {
    return { synthetic: true, blueprints: this.library.paths().map((path) => this.describe(path)) };
  }

  private describe(path: string): BlueprintDto {
    try {
      const { manifest, sha256, shipped } = this.library.read(path);
      const { title, description, version, runtime, permissions, configuration } = manifest;
      return {
        synthetic: true,
        path,
        title,
        description,
        version,
        runtime,
        sha256,
        shipped,
        permissions,
        configuration,
        problem: null,
      };
    } catch (error) {
      return {
        synthetic: true,
        path,
        title: path,
        description: '',
        version: '0.0.0',
        runtime: path.endsWith('.py') ? 'python' : 'node',
        sha256: '',
        shipped: false,
        permissions: [],
        configuration: {},
        problem: (error as Error).message,
      };
    }
  }
}
