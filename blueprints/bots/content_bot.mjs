// Writes drafts for the agents of a population and submits each to the guard, through the API alone.
import { ApiFailure, Bot } from '@azt3knet/bot-sdk';

const bot = new Bot();
/** @type {Record<string, any>} */
const { population, template, topic, seed, agents_at_once, interval_seconds, total } = bot.configuration;

/** How far it is: kept from one process to the next. */
const place = { cursor: null, finished: false, drafts: 0, by_action: {}, failed: 0, ...(await bot.state()) };

bot.command('report', () => place);
bot.onStop(() => bot.log.info('stopped', place));

async function write(agent) {
  const body = { agent, template, seed: `${seed}:${agent}`, ...(topic !== undefined && { topic }) };
  try {
    const { id, decision } = await bot.api('POST', '/api/v1/content/draft', body);
    place.drafts += 1;
    place.by_action[decision.action] = (place.by_action[decision.action] ?? 0) + 1;
    bot.log.info('submitted', { draft: id, agent, action: decision.action });
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    place.failed += 1;
    bot.log.warn(`no draft: ${error.message}`, { agent, status: error.status });
  }
}

async function round() {
  const query = new URLSearchParams({ population, limit: String(agents_at_once) });
  if (place.cursor !== null) query.set('cursor', place.cursor);
  const page = await bot.api('GET', `/api/v1/agents?${query}`);
  for (const { id } of page.agents) {
    if (bot.stopping.aborted || place.drafts >= total) break;
    await write(id);
    bot.progress += 1;
  }
  if (bot.stopping.aborted) return;
  place.cursor = page.next_cursor;
  place.finished = page.next_cursor === null || place.drafts >= total;
  await bot.keep(place);
}

await bot.run(async () => {
  while (!bot.stopping.aborted) {
    bot.working = !place.finished;
    try {
      if (!place.finished) await round();
    } catch (error) {
      bot.log.warn(`the round was not finished: ${error.message}`);
    }
    bot.working = false;
    bot.activity = `${place.drafts} drafts${place.finished ? ', finished' : ''}`;
    await bot.sleep(interval_seconds);
  }
});
