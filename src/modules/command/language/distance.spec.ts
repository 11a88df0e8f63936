import { expect, it } from 'vitest';
import { namesNear } from './distance.js';

const BOTS = ['analytics-bot-v1', 'moderation-bot', 'echo', 'Métricas_Bot'];

it.each([
  ['analytics', ['analytics-bot-v1']],
  ['Analytics Bot', ['analytics-bot-v1']],
  ['analítica', ['analytics-bot-v1']],
  ['ANALYTICS_BOT', ['analytics-bot-v1']],
  ['bot analytics', ['analytics-bot-v1']],
  ['analytics-bot-v2', ['analytics-bot-v1']],
  ['metricas bot', ['Métricas_Bot']],
  ['moderacion', ['moderation-bot']],
  ['bot', ['analytics-bot-v1', 'moderation-bot', 'Métricas_Bot']],
  ['weather', []],
  ['analysis of sentiment', []],
  ['v2', []],
  ['', []],
  ['--', []],
])('%s is near %j', (name, near) => {
  expect(namesNear(name, BOTS)).toEqual(near);
});
