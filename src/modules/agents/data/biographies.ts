import type { Tone } from '../agent.profile.js';

/**
 * Sentences of biographies. A biography is one opening, one sentence about an interest, and, where it fits, one
 * closing, all of the agent's tone. Each is 20 to 48 characters long (the interest not counted), so that with an
 * interest of 1 to 60 characters a biography has 60 to 160. None tells a name, a number, an address or an account.
 */
export interface BiographyTable {
  readonly openings: Readonly<Record<Tone, readonly string[]>>;
  /** `{}` stands for the interest. */
  readonly interests: Readonly<Record<Tone, readonly string[]>>;
  readonly closings: Readonly<Record<Tone, readonly string[]>>;
}

export const ENGLISH_BIOGRAPHIES: BiographyTable = {
  openings: {
    casual: [
      'Just here for the good stuff.',
      'Mostly coffee and long walks.',
      'Taking things one day at a time.',
      'Weekend person, all week long.',
      'Usually found with headphones on.',
      'Still figuring things out, happily.',
    ],
    formal: [
      'A careful observer of everyday life.',
      'Measured opinions, patiently formed.',
      'Committed to thoughtful conversation.',
      'Reader of long texts and footnotes.',
      'Courtesy first, conclusions later.',
      'Quality of argument over quantity.',
    ],
    enthusiastic: [
      'So much to see and so little time!',
      'Every week a brand new obsession!',
      'Always up for the next adventure!',
      'Collecting small joys every day!',
      'Big smiles and even bigger plans!',
      'Ready to share what makes me happy!',
    ],
    sarcastic: [
      'Professional at missing the bus.',
      'Local expert in unfinished projects.',
      'Allegedly organised, no proof so far.',
      'Opinions nobody asked for, daily.',
      'Powered by snacks and mild irony.',
      'My plants have more of a social life.',
    ],
    informative: [
      'Notes, sources and small summaries.',
      'Sharing one useful thing at a time.',
      'Curious about how things really work.',
      'Short guides for busy people.',
      'I read the manual so you need not.',
      'Collecting facts worth keeping.',
    ],
  },
  interests: {
    casual: [
      'Pretty much always into {}.',
      'Ask me about {} sometime.',
      'Lately it has all been {}.',
      'Happiest with some {} around.',
      'A soft spot for {}, honestly.',
      'Free time goes straight to {}.',
    ],
    formal: [
      'A sustained interest in {}.',
      'My chief concern at present: {}.',
      'I write with some regularity about {}.',
      'Devoted, above all, to {}.',
      'I follow developments around {}.',
      'Much of my attention belongs to {}.',
    ],
    enthusiastic: [
      'Totally in love with {}!',
      'Nothing beats a day full of {}!',
      'I could talk about {} for hours!',
      'Cannot get enough of {} right now!',
      'Life is better with {} in it!',
      'My heart belongs to {}, always!',
    ],
    sarcastic: [
      'I have feelings about {}, sadly.',
      'Yes, another account about {}.',
      'Blame {} for my lack of sleep.',
      'Somehow it always ends with {}.',
      'My bank balance fears {} deeply.',
      'I blame my personality on {}.',
    ],
    informative: [
      'Here you will read about {}.',
      'Main topic of this page: {}.',
      'Weekly notes and ideas about {}.',
      'What I learn about {}, I post.',
      'Background and context on {}.',
      'Explaining {} in plain words.',
    ],
  },
  closings: {
    casual: [
      'Say hi if you feel like it.',
      'No rush, no drama, all good.',
      'Good company always welcome.',
      'Probably late, but on my way.',
      'Naps are a serious matter.',
      'Low effort, high spirits.',
    ],
    formal: [
      'Reasoned disagreement is welcome.',
      'All views are entirely my own.',
      'I value precision and good manners.',
      'Corrections are gladly accepted.',
      'Quiet persistence above all.',
      'I reply as time permits.',
    ],
    enthusiastic: [
      'Come along and join the fun!',
      'Tell me what you love too!',
      'Good energy only, let us go!',
      'There is always more to discover!',
      'Today is going to be great!',
      'New ideas make my whole day!',
    ],
    sarcastic: [
      'Expectations low, spirits fine.',
      'Follow for consistent delays.',
      'Do not quote me on any of this.',
      'It seemed a good idea at the time.',
      'Results may vary, and they do.',
      'Wisdom pending since forever.',
    ],
    informative: [
      'Sources wherever I can find them.',
      'Questions help me write better.',
      'Short posts, clear examples.',
      'Updated whenever I learn more.',
      'Suggestions for topics welcome.',
      'Facts first, opinions marked.',
    ],
  },
};

/** In forms that do not tell the writer's gender. */
export const SPANISH_BIOGRAPHIES: BiographyTable = {
  openings: {
    casual: [
      'Por aquí, disfrutando lo bueno.',
      'Café, paseos y buena plática.',
      'Un día a la vez y sin prisa.',
      'Modo fin de semana permanente.',
      'Casi siempre con audífonos puestos.',
      'Todavía aprendiendo de todo un poco.',
    ],
    formal: [
      'Observo con calma la vida diaria.',
      'Opiniones pensadas con paciencia.',
      'Creo en la conversación serena.',
      'Lecturas largas y notas al margen.',
      'Primero la cortesía, luego el debate.',
      'Prefiero los argumentos a los gritos.',
    ],
    enthusiastic: [
      '¡Tanto por ver y tan poco tiempo!',
      '¡Cada semana una nueva pasión!',
      '¡Siempre a favor de la aventura!',
      '¡Colecciono alegrías pequeñas!',
      '¡Sonrisas grandes, planes enormes!',
      '¡Comparto todo lo que me alegra!',
    ],
    sarcastic: [
      'Especialista en perder el autobús.',
      'Proyectos sin terminar, mi fuerte.',
      'Gente organizada, según mis notas.',
      'Opiniones que nadie pidió, a diario.',
      'Funciono con botanas e ironía.',
      'Mis plantas salen más que yo.',
    ],
    informative: [
      'Apuntes, fuentes y resúmenes breves.',
      'Comparto una cosa útil a la vez.',
      'Me intriga cómo funciona todo.',
      'Guías cortas para gente ocupada.',
      'Leo el manual para contártelo.',
      'Reúno datos que vale la pena guardar.',
    ],
  },
  interests: {
    casual: [
      'Casi siempre pensando en {}.',
      'Pregúntame sobre {} cuando quieras.',
      'Últimamente casi todo es por {}.',
      'Mi rato libre es para {}.',
      'Mi debilidad de siempre: {}.',
      'Lo mío, lo mío: {}, la verdad.',
    ],
    formal: [
      'Un interés sostenido: {}.',
      'Hoy, mi mayor ocupación: {}.',
      'Escribo con regularidad sobre {}.',
      'Mis mejores horas son para {}.',
      'Sigo con atención {} desde hace años.',
      'Gran parte de mi tiempo: {}.',
    ],
    enthusiastic: [
      '¡Mi gran amor de siempre: {}!',
      '¡Nada como un día con {} cerca!',
      '¡Podría hablar sobre {} por horas!',
      '¡Sin {} ningún día está completo!',
      '¡La vida es mejor con {}, sin duda!',
      '¡Mi corazón late por {}, siempre!',
    ],
    sarcastic: [
      'Tengo opiniones sobre {}, lo siento.',
      'Sí, otra cuenta más sobre {}.',
      'Duermo poco. El motivo: {}.',
      'No sé cómo, todo acaba en {}.',
      'Mi cartera se arruina con {}.',
      'Sin {} tendría hasta ahorros.',
    ],
    informative: [
      'Aquí vas a leer sobre {}.',
      'El tema de esta página: {}.',
      'Notas e ideas semanales sobre {}.',
      'Lo que aprendo sobre {} lo publico.',
      'Contexto y detalles sobre {}.',
      'Explico {} con palabras claras.',
    ],
  },
  closings: {
    casual: [
      'Saluda si tienes ganas.',
      'Sin prisa y sin drama, todo bien.',
      'La buena compañía es bienvenida.',
      'Llego tarde, pero llego.',
      'Las siestas son cosa seria.',
      'Poco esfuerzo, mucho ánimo.',
    ],
    formal: [
      'Agradezco el desacuerdo razonado.',
      'Estas opiniones son solo mías.',
      'Valoro la precisión y el buen trato.',
      'Las correcciones son bienvenidas.',
      'Constancia por encima de todo.',
      'Respondo en cuanto me es posible.',
    ],
    enthusiastic: [
      '¡Ven y súmate a la fiesta!',
      '¡Cuéntame qué te gusta a ti!',
      '¡Solo buena vibra por aquí!',
      '¡Siempre hay más por descubrir!',
      '¡Hoy va a ser un gran día!',
      '¡Las ideas nuevas me encantan!',
    ],
    sarcastic: [
      'Expectativas bajas, ánimo en pie.',
      'Sígueme y verás puros retrasos.',
      'No me cites, por lo que más quieras.',
      'En su momento parecía buena idea.',
      'Los resultados varían, y mucho.',
      'Sabiduría pendiente desde siempre.',
    ],
    informative: [
      'Con fuentes siempre que las hay.',
      'Tus preguntas mejoran mis notas.',
      'Textos breves y ejemplos claros.',
      'Actualizo cuando aprendo algo más.',
      'Acepto sugerencias de temas.',
      'Primero los datos, luego mi opinión.',
    ],
  },
};
