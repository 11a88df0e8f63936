import { z } from 'zod';
import { seed, wire } from '../../../core/http/index.js';
import { populationId } from '../../agents/index.js';
import { MAX_NETWORK_CHARACTERS } from '../graphs/imported-network.js';
import { MAX_TICKS } from '../scenarios/scenario.schema.js';

export const RunSimulationDto = wire(
  'RunRequest',
  z
    .strictObject({
      ticks: z
        .int()
        .min(1)
        .max(MAX_TICKS)
        .optional()
        .meta({
          description: 'Steps of simulated time; the scenario’s own number unless given.',
          examples: [120],
        }),
      seed: seed.optional(),
      population_id: populationId
        .optional()
        .meta({ description: 'A persisted population instead of the scenario’s own, by id or digest.' }),
      agent_states: z
        .boolean()
        .optional()
        .meta({
          description:
            'Whether to write what became of each agent (followers, posts, exposures, interactions) into its state, under ' +
            '`simulation`.',
          examples: [true],
        }),
      network: z
        .string()
        .max(MAX_NETWORK_CHARACTERS)
        .optional()
        .meta({
          description:
            'The text of the file that a graph of the model `imported` names: an edge list (CSV with the columns source, ' +
            'target and perhaps weight), GraphML or GEXF.',
        }),
      checkpoint_every: z
        .int()
        .min(0)
        .max(MAX_TICKS)
        .optional()
        .meta({
          description:
            'Ticks between two checkpoints; 0 makes none. Without it, by the configuration and as far as they cost little. The ' +
            'result does not depend on it.',
          examples: [25],
        }),
    })
    .describe('How a scenario is to be run. Everything has a default.'),
);
export type RunSimulationDto = z.infer<typeof RunSimulationDto>;
