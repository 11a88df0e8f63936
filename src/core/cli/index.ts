export { bar, sparkline } from './bars.js';
export { Cli, type CliApplication, type CliMode, type CommandRegistrar, type GlobalOptions } from './cli.js';
export { printDeletion, registerDeletion } from './deletion.js';
export { EXIT_INTERNAL, EXIT_USAGE, exitCodeOf, failureOf } from './exit-codes.js';
export {
  describeExport,
  exportOf,
  exportOptions,
  exportTo,
  manifestOf,
  pathProblem,
  saveExport,
  type ExportOptions,
} from './export-files.js';
export { choice, choices, timeOptions } from './filters.js';
export { followJobs, noteAccepted, submitJobs, watchJob } from './follow-jobs.js';
export { plainText } from '../legible.js';
export { pageOptions, printList, showList } from './listing.js';
export { stepsAfter } from './next-steps.js';
export { commaList, duration, fraction, uuid, wholeNumber, wireNames } from './options.js';
export { OUTPUT_FORMATS, type Colors } from './output.js';
export { flagsOf } from './flags.js';
export { ask, askSecret, confirm, readStandardInput, requireTerminal } from './prompt.js';
export { flatten } from './records.js';
export { anonymousClient, NotLoggedInError, remoteClient } from './remote.js';
export { requireTargets, saveFiles } from './save-file.js';
export { SessionStore } from './sessions.js';
export { onStopSignals } from './signals.js';
export { widthOfStream, wrap, type Columns } from './table.js';
export { writerOptions } from './writer-options.js';
export { traceCommand } from './trace-command.js';
