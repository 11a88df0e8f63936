/** A value that a request gives for an input of a template. */
export type InputValue = string | number | boolean | readonly string[];

/** The post that a draft answers. */
export interface Thread {
  /** How the reply calls who wrote it: `@` and a handle, or a name. */
  readonly author: string;
  /** What it is about. */
  readonly topic: string;
  /** The draft that it is, where it is one. */
  readonly draft_id: string | null;
  /** SHA-256 of its text, lower-case hexadecimal. */
  readonly text_sha256: string;
}

/** What a draft is written about, beside its agent; it is kept with the draft. Keys are in this order. */
export interface DraftContext {
  /** What the draft is for: texts of one campaign are compared with each other, and the guard may be asked about it. */
  readonly campaign?: string;
  readonly topic?: string;
  /** The inputs of the template, defaults left out, by name in alphabetical order. */
  readonly inputs?: Readonly<Record<string, InputValue>>;
  readonly thread?: Thread;
}

/** The texts that somebody gave, which the guard reads, under their names on the wire. */
export function contextTexts(context: DraftContext | null): { field: string; text: string }[] {
  if (context === null) return [];
  const { campaign, topic, inputs = {}, thread } = context;
  const given: [string, InputValue | undefined][] = [
    ['campaign', campaign],
    ['topic', topic],
    ['thread.author', thread?.author],
    ['thread.topic', thread?.topic],
    ...Object.entries(inputs).map(([name, value]): [string, InputValue] => [`inputs.${name}`, value]),
  ];
  return given.flatMap(([name, value]) => {
    const field = `context.${name}`;
    if (typeof value === 'string') return value === '' ? [] : [{ field, text: value }];
    return typeof value === 'object'
      ? value.map((text, index) => ({ field: `${field}[${index}]`, text }))
      : [];
  });
}
