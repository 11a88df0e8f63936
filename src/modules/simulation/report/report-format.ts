import type { TickMetrics } from '../../../engine/index.js';
import type { ReportData } from './report-data.js';

/** What drawings over time need of a report. */
export type TimeData = Pick<ReportData, 'ticks' | 'agents'> & {
  readonly per_tick: readonly (TickMetrics & { acted: number })[];
  readonly scenario: Pick<ReportData['scenario'], 'tick_minutes' | 'start_hour'>;
};

/** `14:30`, with the day in front when the run is longer than one. */
export function timeLabel({ scenario, ticks }: Pick<TimeData, 'scenario' | 'ticks'>, minute: number): string {
  const total = scenario.start_hour * 60 + minute;
  const clock = `${pad(Math.floor(total / 60) % 24)}:${pad(total % 60)}`;
  const days = scenario.start_hour * 60 + ticks * scenario.tick_minutes > 2 * 1440;
  return days ? `day ${Math.floor(total / 1440) + 1} ${clock}` : clock;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** 41,230: thousands apart, the same in every locale. */
export function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(\d{3})+$)/gu, ',');
}

/** A part of a whole as `12.3 %`; nothing of nothing is 0.0 %. */
export function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)} %`;
}
