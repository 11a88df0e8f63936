// Does what no bot should, when it is told to.
import { spawn } from 'node:child_process';
import { Bot } from '@azt3knet/bot-sdk';

const bot = new Bot();
const kept = [];

bot.command('leak', () => {
  setInterval(() => kept.push(Buffer.alloc(4_000_000, 1)), 100);
});
bot.command('drip', () => {
  setInterval(() => kept.push(Buffer.alloc(200_000, 1)), 500);
});
bot.command('spin', () => {
  setTimeout(() => {
    for (;;) kept.length = 0;
  }, 50);
});
bot.command('flood', () => {
  setInterval(() => process.stdout.write(`${'noise '.repeat(200)}\n`.repeat(2_000)), 100);
});
bot.command('stick', () => {
  bot.working = true;
});
// A child that leaves its parent's session, and does not end when it is asked.
bot.command('stray', () => {
  spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], {
    detached: true,
    stdio: 'ignore',
  }).unref();
});
// Processes of sessions of their own until no more are given, and then the end of the one that knows of them.
bot.command('bomb', () => {
  const more = 'n=0; while [ $n -lt 400 ]; do setsid sleep 600 & n=$((n+1)); done';
  spawn('/bin/sh', ['-c', more], { detached: true, stdio: 'ignore' }).unref();
  setTimeout(() => process.exit(1), 1_500);
});
bot.command('ignore', () => {
  process.removeAllListeners('SIGTERM');
  process.on('SIGTERM', () => {});
});
await bot.run();
