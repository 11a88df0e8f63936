import type { Language } from '../writing/language.js';

/** What sentiment knows of a language; all words in lower case. */
export interface Lexicon {
  /** From -3 (dreadful) to 3 (wonderful). */
  readonly valences: ReadonlyMap<string, number>;
  readonly negations: ReadonlySet<string>;
  readonly intensifiers: ReadonlySet<string>;
  readonly diminishers: ReadonlySet<string>;
}

const EMOJI: readonly (readonly [number, string])[] = [
  [3, '😍 🥰 🤩'],
  [2, '❤ 💛 💙 💚 💜 🎉 😀 😃 😄 😊 🙌 ✨ 🔥'],
  [1, '🙂 😌 👏 👍 💪 🎨 🌞'],
  [-1, '😒 🙄 😕 😬 👎'],
  [-2, '😞 😢 😭 😠 😡'],
];

const ENGLISH: readonly (readonly [number, string])[] = [
  [
    3,
    'amazing awesome brilliant excellent fantastic incredible love loved loves outstanding perfect stunning wonderful',
  ],
  [
    2,
    'alive beautiful beauty best celebrate celebrating delight delighted enjoy enjoyed enjoying excited exciting fun ' +
      'generous glad gorgeous great happy hope hopeful inspire inspired inspiring joy joyful kind lovely pride proud ' +
      'thrilled unforgettable vibrant warm win wins',
  ],
  [
    1,
    'better bold bright calm care clever colorful colourful cool curious easy fair favorite favourite free fresh friend ' +
      'friendly friends gentle good honest interesting laugh like liked nice okay peace please respect rich safe smile ' +
      'smiling strong support sweet thank thanks true welcome worth',
  ],
  [
    -1,
    'alone annoying bland boring cold difficult dull empty fear grey hard late lonely lost messy noisy pointless problem ' +
      'problems risk slow strange tired wait weak worried worry',
  ],
  [
    -2,
    'afraid angry anger bad broken cruel cry dirty disappointed disappointing fail failed fails failure grim hurt mess ' +
      'pain poor sad scared sick stress stressed stupid ugly unfair upset waste wasted worse wrong',
  ],
  [-3, 'awful disaster disgusting dreadful hate hated hates horrible horrific terrible tragic worst'],
];

const SPANISH: readonly (readonly [number, string])[] = [
  [
    3,
    'amar amo encanta encantan encantó excelente excelentes fantástico~ fenomenal genial geniales increíble increíbles ' +
      'magnífico~ maravilla maravilloso~ perfecto~',
  ],
  [
    2,
    'adoro alegre alegres alegría belleza bello~ celebrar celebramos celebro contento~ disfruta disfrutar disfruto ' +
      'divertido~ emoción emociona emocionado~ esperanza feliz felices generoso~ gracias hermoso~ inolvidable ' +
      'inolvidables inspira inspirado~ mejor mejores orgullo orgulloso~ precioso~ vibrante vibrantes vivo~',
  ],
  [
    1,
    'amable amables amigo~ apoyo bien bonito~ bueno~ buen calma cálido~ claro curioso~ dulce dulces favorito~ fresco~ ' +
      'fuerte fuertes gusta gustan gusto interesante interesantes justo~ libre libres lindo~ logro paz respeto rico~ risa ' +
      'seguro~ sonreír sonrisa suave tranquilo~ valioso~ vale',
  ],
  [
    -1,
    'aburrido~ cansado~ difícil difíciles duro~ espera frío~ gris grises lento~ miedo olvidado~ perdido~ preocupa ' +
      'problema problemas raro~ ruido solo~ vacío~',
  ],
  [
    -2,
    'dolor enojado~ enojo estrés feo~ fracaso injusto~ lamentable lástima llorar mal malo~ mala molesta molesto~ peor ' +
      'peores pobre rabia roto~ sucio~ triste tristes tristeza',
  ],
  [
    -3,
    'asco asqueroso~ desastre espantoso~ fatal horrible horribles odiar odio pésimo~ terrible terribles tragedia',
  ],
];

/** What each language knows; `~` after a Spanish adjective stands for its four endings (-o, -a, -os, -as). */
export const LEXICONS: Record<Language, Lexicon> = {
  en: {
    valences: valences([...ENGLISH, ...EMOJI]),
    negations: words('cannot hardly neither never no nobody none nor not nothing without'),
    intensifiers: words(
      'absolutely completely especially extremely incredibly really so such super totally truly very',
    ),
    diminishers: words('almost fairly rather slightly somewhat'),
  },
  es: {
    valences: valences([...SPANISH, ...EMOJI]),
    negations: words('jamás nada nadie ni ningún ninguna ninguno no nunca sin tampoco'),
    intensifiers: words(
      'bastante completamente demasiado increíblemente muy realmente re súper tan totalmente verdaderamente',
    ),
    diminishers: words('algo apenas casi poco'),
  },
};

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

function valences(groups: readonly (readonly [number, string])[]): ReadonlyMap<string, number> {
  const map = new Map<string, number>();
  for (const [valence, list] of groups) {
    for (const entry of list.split(' ')) for (const form of forms(entry)) map.set(form, valence);
  }
  return map;
}

function forms(entry: string): readonly string[] {
  if (!entry.endsWith('~')) return [entry];
  const stem = entry.slice(0, -2);
  return ['o', 'a', 'os', 'as'].map((ending) => stem + ending);
}
