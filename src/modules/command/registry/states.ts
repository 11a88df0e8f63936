import type { Language } from '../language/words.js';
import type { ThingKind } from './things.js';

const FEMININE: ReadonlySet<ThingKind> = new Set([
  'population',
  'publication',
  'campaign',
  'simulation',
  'queue',
  'review',
]);

/** States in Spanish; of those that tell a gender, without the ending. */
const STATES_ES: Readonly<Record<string, string>> = {
  running: 'en curso',
  queued: 'en cola',
  waiting: 'en espera',
  completed: 'completad-',
  incomplete: 'incomplet-',
  failed: 'fallid-',
  cancelling: 'cancelándose',
  cancelled: 'cancelad-',
  deleted: 'borrad-',
  paused: 'en pausa',
  draft: 'en borrador',
  open: 'abiert-',
  closed: 'cerrad-',
  second_opinion: 'en segunda opinión',
  disputed: 'disputad-',
  observed: 'observad-',
  proposed: 'propuest-',
  approved: 'aprobad-',
  acting: 'en reparación',
  succeeded: 'resuelt-',
  dismissed: 'descartad-',
  passed: 'pasad-',
  registered: 'registrad-',
  starting: 'arrancando',
  unhealthy: 'con fallos',
  stopping: 'deteniéndose',
  stopped: 'detenid-',
  backoff: 'a la espera de otro intento',
  quarantined: 'en cuarentena',
  draining: 'drenándose',
  drained: 'drenad-',
  silent: 'en silencio',
  gone: 'desaparecid-',
  planned: 'planificad-',
  drafted: 'redactad-',
  awaiting_approval: 'a la espera de aprobación',
  due: 'por salir',
  publishing: 'saliendo',
  published: 'publicad-',
  removed: 'retirad-',
  expired: 'caducad-',
  idle: 'sin activar',
  active: 'activ-',
  suspended: 'suspendid-',
  retired: 'retirad-',
  low: 'baja',
  medium: 'media',
  high: 'alta',
  critical: 'crítica',
  up: 'bien',
  down: 'mal',
};

/** A state as it is said of one thing of a kind, or of several; one that is not known as it is. */
export function stateText(state: unknown, kind: ThingKind, language: Language, many = false): string {
  const known = String(state);
  if (language === 'en' || !Object.hasOwn(STATES_ES, known)) return known;
  const ending = `${FEMININE.has(kind) ? 'a' : 'o'}${many ? 's' : ''}`;
  return (STATES_ES[known] as string).replace(/-$/u, ending);
}

/** What is counted, in Spanish. */
const COUNTS_ES: Readonly<Record<string, string>> = {
  active: 'activos',
  idle: 'inactivos',
  posts: 'publicaciones',
  exposures: 'exposiciones',
  reactions: 'reacciones',
  comments: 'comentarios',
  replies: 'respuestas',
  reposts: 'republicaciones',
  reached: 'alcanzados',
  acted: 'actuaron',
  planned: 'planificadas',
  open: 'abiertas',
  ended: 'terminadas',
  skipped: 'omitidas',
  failed: 'fallidas',
  favourite: 'me gusta',
  boost: 'republicaciones',
  reply: 'respuestas',
  follow: 'seguidos',
  done: 'hechos',
  held: 'retenidos',
  refused: 'rechazados',
};

/** The name of something that is counted: `reposts`, `alcanzados`. */
export function countName(name: string, language: Language): string {
  const known = language === 'es' && Object.hasOwn(COUNTS_ES, name) ? COUNTS_ES[name] : undefined;
  return known ?? name.replaceAll('_', ' ');
}
