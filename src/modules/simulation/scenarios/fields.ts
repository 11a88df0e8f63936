import { z } from 'zod';

/** Numbers that scenarios are made of, each with its range in words. */
export const share = (what: string) => z.number().min(0).max(1).describe(`${what} A share, 0 to 1.`);
export const probability = (what: string) =>
  z.number().min(0).max(1).describe(`${what} A probability, 0 to 1.`);
export const weight = (what: string) => z.number().min(0).max(100).describe(`${what} A weight, 0 to 100.`);
export const logOdds = (what: string) =>
  z.number().min(-20).max(20).describe(`${what} In log-odds, -20 to 20.`);
export const halfLife = (what: string) =>
  z.number().min(0.1).max(100_000).describe(`${what} In ticks, 0.1 to 100,000.`);
