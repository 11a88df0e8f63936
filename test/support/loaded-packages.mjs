// With --import, prints the name of every package that a program loads to the file descriptor 3.
import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

const CHANNEL = 3;

registerHooks({
  load(url, context, nextLoad) {
    const name = /\/(?:node_modules\/((?:@[^/]+\/)?[^/]+)|packages\/([^/]+))\/(?!.*\/node_modules\/)/.exec(
      url,
    );
    if (name) writeSync(CHANNEL, `${name[1] ?? name[2]}\n`);
    return nextLoad(url, context);
  },
});
