import { z } from 'zod';
import {
  API_PREFIX,
  links,
  page,
  pageQuery,
  seed,
  sortBy,
  synthetic,
  time,
  timeRange,
  uuid,
  wire,
} from '../../../core/http/index.js';
import { populationId } from '../../agents/index.js';
import { REPORT_SORTS, RUN_SORTS, RUN_STATUSES, type RunWithStatus } from '../runs.repository.js';
import { runPath, runLinks } from './run-links.js';
import { RunSummaryDto, runTotalsDto, RunTotalsDto, runPopulation, scenario } from './run.dto.js';

const filters = {
  scenario: scenario.optional(),
  seed: seed.optional().meta({ examples: ['20241005'] }),
  population: populationId.optional(),
};

export const RunsQueryDto = pageQuery({
  ...filters,
  status: z
    .array(z.enum(RUN_STATUSES))
    .min(1)
    .max(RUN_STATUSES.length)
    .optional()
    .meta({ description: 'One or more, with commas between them.', examples: [['completed']] }),
  ...timeRange('created'),
  sort: sortBy(RUN_SORTS, '-created_at'),
});
export type RunsQueryDto = z.infer<typeof RunsQueryDto>;

export const RunsPageDto = page('RunList', 'runs', RunSummaryDto);
export type RunsPageDto = z.infer<typeof RunsPageDto>;

export const ReportsQueryDto = pageQuery({
  ...filters,
  ...timeRange('completed'),
  sort: sortBy(REPORT_SORTS, '-completed_at'),
});
export type ReportsQueryDto = z.infer<typeof ReportsQueryDto>;

const ReportSummaryDto = wire(
  'ReportSummary',
  z
    .strictObject({
      synthetic,
      run_id: uuid,
      scenario,
      scenario_version: z.string().meta({ examples: ['1.0.0'] }),
      title: z.string().meta({ description: 'Of the scenario.' }),
      seed: z.string().meta({ examples: ['20241005'] }),
      ticks: z.int().meta({ examples: [120] }),
      population_id: runPopulation,
      totals: RunTotalsDto,
      completed_at: time,
      links,
    })
    .describe('The report of a completed run as lists show it.'),
);
type ReportSummaryDto = z.infer<typeof ReportSummaryDto>;

export const ReportListDto = page('ReportList', 'reports', ReportSummaryDto);
export type ReportListDto = z.infer<typeof ReportListDto>;

/** The path of a run's report, as JSON or as a page. */
export function reportPath(runId: string): string {
  return `/${API_PREFIX}/reports/${runId}`;
}

/** @throws Error when the run is not completed */
export function reportSummaryDto(run: RunWithStatus): ReportSummaryDto {
  const { id, totals, completed_at } = run;
  if (totals === null || completed_at === null) throw new Error(`run ${id} has no report`);
  return {
    synthetic: true,
    run_id: id,
    scenario: run.scenario,
    scenario_version: run.scenario_version,
    title: run.definition.title,
    seed: run.seed,
    ticks: run.ticks,
    population_id: run.population_id,
    totals: runTotalsDto(totals),
    completed_at: completed_at.toISOString(),
    links: { self: reportPath(id), run: runPath(id), html: runLinks(id)['report'] as string },
  };
}
