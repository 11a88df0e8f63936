import { z } from 'zod';

const REFERENCE =
  /^(?:[\dA-Fa-f]{64}|[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}|[A-Za-z][A-Za-z\d]*(?:[._-][A-Za-z\d]+)*)$/u;

/** The id of a population, the SHA-256 of its specification, or its name; lower case afterwards. */
export const populationId = z
  .string()
  .max(64)
  .regex(REFERENCE, 'must be a UUID, the SHA-256 of a specification, or the name of a population')
  .overwrite((text) => text.toLowerCase())
  .meta({
    description: 'The id of a population, the SHA-256 of its specification, or its name.',
    examples: ['f689656d-465c-40e9-86e3-bd0a9bcb64dd'],
  });
