import type { Asked, Reply } from './llm-server.js';

/** Somebody as a request tells of them. */
export interface AskedPerson {
  n: number;
  age: number;
  gender: string;
  city: string;
  interest: string;
  language: string;
}

/** Somebody as a model writes them. */
export interface AnsweredPerson {
  n: number;
  name: string;
  interests: string[];
  bio: string;
  biases: string[];
}

const SYLLABLES = [
  'ba',
  'ce',
  'di',
  'fo',
  'gu',
  'la',
  'me',
  'ni',
  'po',
  'ru',
  'sa',
  'te',
  'vi',
  'xo',
  'ma',
  'le',
];
const WORDS = ['lantern', 'harbour', 'velvet', 'orchard', 'pebble', 'thunder', 'ribbon', 'copper'].flatMap(
  (a) =>
    ['quiet', 'golden', 'restless', 'northern', 'salty', 'crooked', 'hollow', 'tender'].map(
      (b) => `${b} ${a}s`,
    ),
);

/** The people that a request is about. */
export function peopleAsked({ body }: Asked): AskedPerson[] {
  const messages = body['messages'] as { role: string; content: string }[];
  const asked = messages.find(({ role }) => role === 'user')?.content ?? '';
  return asked
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as AskedPerson);
}

/** What a good model writes: nobody twice, whoever asks. */
export class GoodModel {
  private written = 0;

  person({ n, interest }: AskedPerson): AnsweredPerson {
    this.written += 1;
    const { written } = this;
    const digits = [written % 16, (written >> 4) % 16, (written >> 8) % 16, (written >> 12) % 16];
    const [a, b, c, d] = digits.map((digit) => SYLLABLES[digit] as string) as [
      string,
      string,
      string,
      string,
    ];
    const word = (by: number): string => WORDS[(written * by + (written >> 6)) % WORDS.length] as string;
    return {
      n,
      name: `${capital(a + b)} ${capital(c + d + a)}`,
      interests: ['slow trains', word(5)],
      bio: `About ${interest}: ${word(1)}, ${word(3)} and ${word(7)}, ${a}${b}${c}${d} every ${word(11)} morning.`,
      biases: ['social_proof', 'anchoring'],
    };
  }

  answer(asked: Asked): Reply {
    return replyOf(peopleAsked(asked).map((person) => this.person(person)));
  }
}

export function replyOf(people: readonly object[]): Reply {
  return { content: JSON.stringify({ people }), tokens: { input: 100, output: 10 * people.length } };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
