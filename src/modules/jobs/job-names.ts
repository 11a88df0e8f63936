/** Every kind of long work. A worker refuses to start unless each has exactly one handler. */
export const JOB_NAMES = [
  'population.generate',
  'content.draft',
  'content.export',
  'simulation.run',
  'simulation.calibrate',
  'experiment.start',
  'network.populate',
  'network.project',
  'workflow.step',
  'bot.act',
] as const;
export type JobName = (typeof JOB_NAMES)[number];
