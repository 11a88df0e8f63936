import { expect, it } from 'vitest';
import { splitThinking } from './thinking.js';

it.each([
  ['Blue.', '', 'Blue.'],
  ['<think>Hm.</think>Blue.', 'Hm.', 'Blue.'],
  ['\n<think>\nHm.\n</think>\n\n{"a":1}\n', 'Hm.', '{"a":1}'],
  ['Hm, the sky.\n</think>\n\nBlue.', 'Hm, the sky.', 'Blue.'],
  ['<think></think>', '', ''],
  ['<think>cut off', 'cut off', ''],
  ['{"a":"</think>"}', '', '{"a":"</think>"}'],
  ['say <think> aloud', '', 'say <think> aloud'],
  ['', '', ''],
])('%j is split', (text, thinking, content) => {
  expect(splitThinking(text)).toEqual({ thinking, content });
});
