import type { Doubt, Reading } from '../language/reading.js';
import type { Language, Said } from '../language/words.js';

type Asked = Extract<Reading, { kind: 'question' }>;

/** What is said where a text is not an order as it stands; `{words}` are those that it is about. */
export const DOUBTS: Readonly<Record<Doubt, Said>> = {
  empty: {
    en: 'What can I do for you? Say “help” for examples.',
    es: '¿Qué puedo hacer por ti? Di «ayuda» para ver ejemplos.',
  },
  unknown: {
    en: 'I do not know what to do with that. What do you want to do? Say “help” for examples.',
    es: 'No sé qué hacer con eso. ¿Qué quieres hacer? Di «ayuda» para ver ejemplos.',
  },
  words: {
    en: 'I did not understand “{words}”. Can you say it without that, or in other words?',
    es: 'No entendí «{words}». ¿Puedes decirlo sin eso, o con otras palabras?',
  },
  negated: {
    en: 'That says not to (“{words}”), so I do nothing. What do you want me to do?',
    es: 'Eso dice que no («{words}»), así que no hago nada. ¿Qué quieres que haga?',
  },
  conditional: {
    en: 'I do things at once or not at all, and “{words}” is about something else. What shall I do now? If it is a name, put it in quotation marks.',
    es: 'Hago las cosas ahora o no las hago, y «{words}» habla de otra cosa. ¿Qué hago ahora? Si es un nombre, ponlo entre comillas.',
  },
  quoted: {
    en: 'You quote “{words}”. Shall I do something? Then say it without quotation marks.',
    es: 'Citas «{words}». ¿Quieres que haga algo? Entonces dilo sin comillas.',
  },
  several: {
    en: 'That is more than one thing (“{words}”). Which comes first? Say one at a time.',
    es: 'Eso es más de una cosa («{words}»). ¿Cuál va primero? Dilas de una en una.',
  },
  many: {
    en: 'I change one thing at a time. Which one?',
    es: 'Cambio una cosa cada vez. ¿Cuál?',
  },
  choose: { en: 'Which do you mean?', es: '¿Cuál quieres decir?' },
  what: { en: 'What do you want to do that with?', es: '¿Con qué quieres hacer eso?' },
  nothing_before: {
    en: 'I do not know which one you mean: we have not spoken of one. Which one?',
    es: 'No sé a cuál te refieres: no hemos hablado de ninguno. ¿Cuál?',
  },
  misspelt: { en: 'Did you mean this?', es: '¿Querías decir esto?' },
  missing: { en: 'What is the {words}?', es: '¿Cuál es: {words}?' },
  no_question: {
    en: 'There is no question open. What do you want to do?',
    es: 'No hay ninguna pregunta abierta. ¿Qué quieres hacer?',
  },
};

const SAID = {
  confirm: { en: '{plan} Shall I? (yes or no, {seconds} s)', es: '{plan} ¿Lo hago? (sí o no, {seconds} s)' },
  heard: { en: 'Did you say “{text}”? (yes or no)', es: '¿Dijiste «{text}»? (sí o no)' },
  unsure: {
    en: 'I am not sure that I heard “{text}”. The question before is still open: say it again, or write it.',
    es: 'No sé si oí bien «{text}». La pregunta anterior sigue abierta: dilo otra vez, o escríbelo.',
  },
  translated: {
    en: 'I did not understand that. The language model {model} takes it for this; is that what you want? (yes or no)',
    es: 'No entendí eso. El modelo de lenguaje {model} cree que es esto; ¿es lo que quieres? (sí o no)',
  },
  terminal: {
    en: 'The chat does not do that; in a terminal, `{command}` does.',
    es: 'El chat no hace eso; en una terminal lo hace `{command}`.',
  },
  still_open: {
    en: 'The question before is still open: {question}',
    es: 'La pregunta anterior sigue abierta: {question}',
  },
  left_plan: {
    en: 'The plan before is dropped; nothing of it was done.',
    es: 'Dejo el plan anterior; no se hizo nada de él.',
  },
  left_question: { en: 'The question before is dropped.', es: 'Dejo la pregunta anterior.' },
  unanswered: {
    en: 'Nobody answered in {seconds} s, so I do nothing. Say again what you want.',
    es: 'Nadie contestó en {seconds} s, así que no hago nada. Di otra vez lo que quieres.',
  },
  dropped: { en: 'All right, I do nothing.', es: 'De acuerdo, no hago nada.' },
  expired: {
    en: 'That question is over: nobody answered it in time. Say again what you want.',
    es: 'Esa pregunta ya terminó: nadie la contestó a tiempo. Di otra vez lo que quieres.',
  },
  denied: {
    en: 'You may not do that: it needs the permission {permission}.',
    es: 'No puedes hacer eso: necesita el permiso {permission}.',
  },
  todo: {
    en: 'Something of your account comes first: {todo}.',
    es: 'Antes hay algo que hacer en tu cuenta (en inglés): {todo}.',
  },
  near: {
    en: 'I know no {noun} “{name}”. Did you mean {near}?',
    es: 'No conozco «{name}» ({noun}). ¿Querías decir {near}?',
  },
  none: {
    en: 'I know no {noun} “{name}”. Which one do you mean?',
    es: 'No conozco «{name}» ({noun}). ¿A cuál te refieres?',
  },
  nothing_there: { en: 'There is no {noun} yet.', es: 'Aún no hay nada de eso: {noun}.' },
  none_to_mean: {
    en: 'There is no such {noun}. Which one do you mean?',
    es: 'No hay nada así: {noun}. ¿A cuál te refieres?',
  },
  none_listed: {
    en: 'There are none: that list of {noun} is empty.',
    es: 'No hay ninguno: esa lista de {noun} está vacía.',
  },
  failed: { en: 'That did not work: {problem}', es: 'No funcionó. El servidor dice, en inglés: {problem}' },
  wrong: { en: 'That cannot be: {problem}', es: 'Así no puede ser. En inglés: {problem}' },
  impossible: {
    en: 'That cannot be done: the {noun} {name} is {state}. It can be done to one that is {states}.',
    es: 'Eso no se puede hacer: {noun} {name}, estado: {state}. Se puede cuando está: {states}.',
  },
  finished: { en: 'The job {job} ({name}) is {status}.', es: 'El trabajo {job} ({name}) terminó: {status}.' },
  experimentFinished: {
    en: 'The experiment {name} is {status}: {completed} of {runs} runs are completed.',
    es: 'El experimento {name} terminó: {status}, {completed} de {runs} simulaciones hechas.',
  },
  progress: { en: 'The job {job} is {status}: {done}', es: 'El trabajo {job} está {status}: {done}' },
  numbered: { en: 'Answer with the number, or say it whole.', es: 'Contesta con el número, o dilo entero.' },
  nothing: { en: 'not given', es: 'sin indicar' },
  or: { en: ' or ', es: ' o ' },
  next: { en: 'the most urgent one', es: 'la más urgente' },
} as const satisfies Readonly<Record<string, Said>>;

/** Why a text is no order as it stands. */
export function doubtText({ doubt, words = [], terminal }: Asked, language: Language): string {
  if (terminal !== undefined) return say('terminal', language, { command: terminal });
  return filled(DOUBTS[doubt][language], { words: words.join(', ') });
}

/** A sentence of ours. @param values what stands for the names in braces */
export function say(
  what: keyof typeof SAID,
  language: Language,
  values: Readonly<Record<string, string>> = {},
): string {
  return filled(SAID[what][language], values);
}

/** A text with values for the names in braces; one that has none is left out. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** Values of arguments that are words of ours, in Spanish. */
const VALUES_ES: Readonly<Record<string, string>> = {
  female: 'mujer',
  male: 'hombre',
  non_binary: 'no binario',
  unspecified: 'sin especificar',
  observe: 'observar',
  propose: 'proponer',
  act: 'actuar',
  uphold: 'mantener',
  release: 'liberar',
  label: 'etiquetar',
};

/** The value of an argument as a plan says it. */
export function valueWord(value: string, language: Language): string {
  return language === 'es' && Object.hasOwn(VALUES_ES, value) ? (VALUES_ES[value] as string) : value;
}
