// Makes of dist/src the two programs in dist/program, and what they run on threads, each a few files instead of seven hundred: a command starts in two
// thirds of the time (docs/adr/0022-programs-are-bundles.md). Packages stay where npm put them.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await build({
  cwd: root,
  input: {
    cli: 'dist/src/cli.js',
    main: 'dist/src/main.js',
    'feedsim-lane': 'dist/src/modules/simulation/feedsim/feedsim.worker.js',
    validation: 'dist/src/modules/simulation/validation/validation.worker.js',
  },
  platform: 'node',
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  // What happens while modules load, such as what decorators note, has to happen in every one of them.
  treeshake: false,
  logLevel: 'warn',
  output: { dir: 'dist/program', cleanDir: true, keepNames: true, sourcemap: true },
});
