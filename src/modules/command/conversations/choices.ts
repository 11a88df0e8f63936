import { ACTIONS, type Action } from '../language/actions.js';
import { argumentsIn } from '../language/arguments.js';
import { understand } from '../language/understand.js';
import type { Intent } from '../language/reading.js';
import { spansOf } from '../language/spans.js';
import { plain, type Language } from '../language/words.js';
import { commandNamed } from '../registry/registry.js';
import { nounOf } from '../registry/things.js';
import type { KeptIntent } from './conversation.entity.js';

/** Intents as they are kept with a question, and back. */
export function kept({ command, given, subject, refers }: Intent): KeptIntent {
  return {
    command: command.name,
    given: { ...given },
    ...(subject !== undefined && { subject }),
    ...(refers !== undefined && { refers: { ...refers } }),
  };
}

/** @returns undefined when the command is there no more */
export function taken({ command: name, ...said }: KeptIntent): Intent | undefined {
  const command = commandNamed(name);
  return command && { command, ...said };
}

/** A command as one would say it. */
export function labelOf({ command, given, subject }: Intent, language: Language, name?: string): string {
  const [action] = command.actions;
  const verb = action === undefined ? command.name : ACTIONS[action][language][0];
  const noun = nounOf(command.kind, language, command.actions.includes('list'));
  const said = subject?.by === 'name' ? subject.name : undefined;
  const rest = Object.entries(given)
    .filter(([argument]) => argument !== command.subject)
    .map(([argument, value]) => `${argument} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [verb, noun, name ?? said, ...rest].filter((part) => part !== undefined && part !== '').join(' ');
}

/** Which of some choices an answer names: by number, by its words, or by its verb alone. */
export function chosen(
  text: string,
  choices: readonly { label: string; intent: KeptIntent }[],
  language: Language,
): number | undefined {
  const answer = plain(text)
    .replaceAll(/[.!?¿¡]/g, '')
    .trim();
  const number = /^#?(\d{1,2})$/.exec(answer)?.[1];
  if (number !== undefined) return choices[Number(number) - 1] === undefined ? undefined : Number(number) - 1;
  const [span, ...others] = spansOf(text, language).filter(
    ({ meanings }) => !meanings.some(({ is }) => is === 'filler'),
  );
  const ordinal = span?.meanings.find((each) => each.is === 'ordinal');
  if (ordinal !== undefined && 'index' in ordinal && others.length === 0)
    return choices[ordinal.index] === undefined ? undefined : ordinal.index;
  const actions = new Set(
    span?.meanings.flatMap((each): Action[] => (each.is === 'action' ? [each.action] : [])),
  );
  const fitting = choices.flatMap(({ label, intent }, index) => {
    const command = commandNamed(intent.command);
    const name = intent.subject?.by === 'name' ? plain(intent.subject.name) : undefined;
    const verb = others.length === 0 && command?.actions[0] !== undefined && actions.has(command.actions[0]);
    return plain(label) === answer || name === answer || verb ? [index] : [];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The value that an answer gives an argument; undefined when it is something else that is wanted. */
export function valueIn(text: string, intent: Intent, argument: string, language: Language): unknown {
  const { command } = intent;
  const spoken = command.spoken[argument];
  const form = spoken?.form;
  const reading = understand(text, { language, focus: [], asked: false });
  if (reading.kind === 'intent') return undefined;
  if (form === 'reason') return text.trim();
  const spans = spansOf(text, language);
  if (form === 'verdict') {
    const verdict = spans.flatMap(({ meanings }) =>
      meanings.flatMap((each) => (each.is === 'action' ? [each.action] : [])),
    )[0];
    return verdict;
  }
  if (
    spans.some(({ meanings }) =>
      meanings.some(({ is }) => is === 'negation' || is === 'hedge' || is === 'action'),
    )
  )
    return undefined;
  const only = { ...command, mentions: {}, spoken: { ...(spoken !== undefined && { [argument]: spoken }) } };
  const { given, left } = argumentsIn(only, spans, { focus: [] });
  if (argument in given && left.length === 0) return given[argument];
  const [word, ...more] = spans.filter(({ meanings }) => meanings.length === 0);
  const isText = form === undefined || form === 'name' || form === 'city';
  return isText && word !== undefined && more.length === 0 ? word.text : undefined;
}
