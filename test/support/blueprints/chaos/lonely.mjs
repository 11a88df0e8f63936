// Runs, ends at once, or says nothing: as it is configured.
import { Bot } from '@azt3knet/bot-sdk';

const bot = new Bot();
if (bot.configuration.mode === 'exit') process.exit(3);
if (bot.configuration.mode === 'mute') setInterval(() => {}, 1_000);
else await bot.run();
