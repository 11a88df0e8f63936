import type { Asked, Reply } from './llm-server.js';

/** What a request tells of a post. */
export interface AskedPost {
  agent: { name: string; tone: string; language: string; city: string };
  task: { title: string; campaign?: string; topic?: string };
  post?: { author: string; topic: string; text: string };
  outline: { caption: string };
  taken?: string[];
}

/** A post as a model writes it. */
export interface AnsweredPost {
  caption: string;
  alt_text: string;
  hashtags: string[];
  variations: string[];
}

const WORDS = ['lantern', 'harbour', 'velvet', 'orchard', 'pebble', 'thunder', 'ribbon', 'copper'].flatMap(
  (a) =>
    ['quiet', 'golden', 'restless', 'northern', 'salty', 'crooked', 'hollow', 'tender'].map(
      (b) => `${b} ${a}s`,
    ),
);

/** The post that a request is about. */
export function postAsked({ body }: Asked): AskedPost {
  const messages = body['messages'] as { role: string; content: string }[];
  const asked = messages.find(({ role }) => role === 'user')?.content ?? '';
  return JSON.parse(asked.split('\n', 1)[0] ?? '') as AskedPost;
}

/** How many variations a request asks for. */
export function variationsAsked({ body }: Asked): number {
  const messages = body['messages'] as { role: string; content: string }[];
  return Number(/"variations": (\d+) other/.exec(messages[0]?.content ?? '')?.[1]);
}

/** What a good model writes: no sentence twice, whoever asks. */
export class GoodAuthor {
  private written = 0;

  post(asked: Asked): AnsweredPost {
    const { agent, post } = postAsked(asked);
    const count = variationsAsked(asked);
    const prefix = post === undefined ? '' : `${post.author} `;
    return {
      caption: `${prefix}${this.sentence()} in ${agent.city}.`,
      alt_text: 'A wall with a large bird on it, and people who walk past.',
      hashtags: ['#walls', 'city birds', '#Morning'],
      variations: Array.from({ length: count }, () => `${prefix}${this.sentence()}.`),
    };
  }

  answer(asked: Asked): Reply {
    return replyOfPost(this.post(asked));
  }

  private sentence(): string {
    this.written += 1;
    const word = (by: number): string =>
      WORDS[(this.written * by + (this.written >> 6) * 3) % WORDS.length] as string;
    return `Saw ${word(1)} beside ${word(3)}, then ${word(5)} under ${word(7)} and ${word(11)} number ${this.written}`;
  }
}

export function replyOfPost(post: object): Reply {
  return { content: JSON.stringify(post), tokens: { input: 200, output: 90 } };
}
