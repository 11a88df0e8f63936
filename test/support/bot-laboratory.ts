import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { testApplication, type TestApplication } from './application.js';

export const VICTIM = 'chaos/victim.mjs';

/** An application whose bots may be hurt, with a folder of blueprints that may be tampered with. */
export interface BotLaboratory {
  test: TestApplication;
  /** The program of the victim. */
  program: string;
  blueprints: string;
  close(): Promise<void>;
}

/**
 * Opens a {@link BotLaboratory} with short pauses.
 * @param environment what else it finds there
 * @param prepare what is done with its blueprints before it starts
 */
export async function botLaboratory(
  environment: Record<string, string> = {},
  prepare: (blueprints: string) => void = () => {},
): Promise<BotLaboratory> {
  const blueprints = mkdtempSync(join(tmpdir(), 'azt3knet-blueprints-'));
  // Users of bots pass through it.
  chmodSync(blueprints, 0o711);
  cpSync(join(PROJECT_ROOT, 'test', 'support', 'blueprints'), blueprints, { recursive: true });
  prepare(blueprints);
  const test = await testApplication({
    AZT3KNET_BLUEPRINTS_DIR: blueprints,
    AZT3KNET_BOTS_DIR: join(blueprints, 'run'),
    AZT3KNET_BOTS_BACKOFF_SECONDS: '1',
    AZT3KNET_BOTS_BACKOFF_MAX_SECONDS: '3',
    AZT3KNET_BOTS_HEALTHY_SECONDS: '3',
    ...environment,
  });
  await test.app.listen(0, '127.0.0.1');
  return {
    test,
    blueprints,
    program: join(blueprints, VICTIM),
    close: async () => {
      await test.close();
      rmSync(blueprints, { recursive: true, force: true });
    },
  };
}
