// Says again what it is told.
import { Bot } from '@azt3knet/bot-sdk';

const bot = new Bot();
bot.command('echo', (given) => {
  bot.count(1);
  return given;
});
bot.command('whoami', () => bot.self());
bot.onStop(() => bot.log.info('goodbye'));
bot.log.info(bot.configuration.greeting);
await bot.run();
