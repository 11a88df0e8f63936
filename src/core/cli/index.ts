export { Cli, wholeNumber, type CliApplication, type CliMode, type CommandRegistrar } from './cli.js';
export { onStopSignals } from './signals.js';
export { EXIT_INTERNAL, EXIT_USAGE, exitCodeOf, Output } from './output.js';
export { traceCommand } from './trace-command.js';
