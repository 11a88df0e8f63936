import { z } from 'zod';
import type { ArgumentWords } from './chat-command.js';

/** The name or id of something. */
export const nameArgument = z.string().min(1).max(200);
/** How many are told of. */
export const limitArgument = z
  .int()
  .min(1)
  .max(100)
  .optional()
  .meta({ description: 'How many, 20 unless given.' });
export const allArgument = z.boolean().optional().meta({ description: 'Everything, piece by piece.' });
export const seedArgument = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .meta({ description: 'Makes the result reproducible.' });

export const LIMIT: ArgumentWords = { words: { en: ['limit', 'top'], es: ['limite'] }, form: 'number' };
/** In which state. */
export const STATE_WORDS: ArgumentWords = {
  words: { en: ['state', 'status'], es: ['estado'] },
  form: 'status',
};
export const ALL: ArgumentWords = { words: { en: [], es: [] }, form: 'all' };
export const SEED: ArgumentWords = { words: { en: ['seed'], es: ['semilla'] } };

/** Lists of what belongs to a population. */
export const OF_POPULATION = {
  population: nameArgument.optional().meta({ description: 'Of this population.' }),
};
export const OF_POPULATION_WORDS: Record<'population', ArgumentWords> = {
  population: { words: { en: ['population', 'pop'], es: ['poblacion'] } },
};

/** What lists are called with, besides their filters. */
export const LIST_ARGUMENTS = { limit: limitArgument, all: allArgument };
export const LIST_WORDS = { limit: LIMIT, all: ALL };

/** How many jobs of a queue a worker does at once. */
export const concurrencyArgument = z
  .int()
  .min(1)
  .max(64)
  .meta({ description: 'How many jobs of a queue a worker does at once.' });
/** What self-healing may do. */
export const modeArgument = z
  .enum(['observe', 'propose', 'act'])
  .meta({ description: 'What self-healing does: it looks, proposes, or acts.' });

export const CONCURRENCY: ArgumentWords = {
  words: { en: ['concurrency'], es: ['concurrencia'] },
  form: 'number',
  ask: { en: 'To how many jobs at once?', es: '¿A cuántos trabajos a la vez?' },
};
export const MODE: ArgumentWords = {
  words: { en: ['healing'], es: ['autocuracion'] },
  form: 'mode',
  ask: { en: 'Observe, propose or act?', es: '¿Observar, proponer o actuar?' },
};
