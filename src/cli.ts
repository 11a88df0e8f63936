#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// In a folder that is this person's: what is in it is run.
enableCompileCache(join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'azt3knet', 'node'));
const { runCommandLine } = await import('./command-line.js');
await runCommandLine();
