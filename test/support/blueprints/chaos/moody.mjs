// Counts requests of which so many fail, as it is configured or told, and otherwise does nothing.
import { Bot } from '@azt3knet/bot-sdk';

const bot = new Bot();
let failing = bot.configuration.failing;
bot.command('fail', ({ part }) => {
  failing = part;
});
await bot.run(async () => {
  while (!bot.stopping.aborted) {
    bot.count(20, 20 * failing);
    await bot.sleep(0.5);
  }
});
