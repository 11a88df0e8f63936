import { of, type Words } from './words.js';

/** Words that ask nicely, or join others, and change nothing. */
export const FILLERS: Words = {
  en: of(`please, pls, plz, kindly, can you, could you, can u, would you, will you, would you mind, can i,
      could i, may i, i want to, i want you to, i want, i would like to, i'd like to, i'd like you to,
      i would like, i'd like, i need to, i need you to, i need, i wanna, let's, lets, let us, help me,
      go ahead and, just, now, right now, hey, hi, hello, ok, okay, so, well, the, a, an, my, our, some,
      any, of, for me, me, to me, us, on, about, there, there are, do we have, do i have, do you have,
      we have, i have, have we got, got, called, named, by the name of, with id, with the id, id, number,
      named as, thanks, thank you, cheers, currently, at the moment, again, that are, which are, who are,
      that is, synthetic, in total, exactly, quickly, immediately, asap, azt3knet, doing, going,
      is going, goes, for, during, from, with, using, in, to, as, the name, full, complete, existing, current,
      available, replicas, instances`),
  es: of(`replicas, instancias, por favor, porfa, porfavor, puedes, podrias, puede, podria, quieres, querrias, puedo, quiero,
      quiero que, quisiera, querria, me gustaria, necesito, necesito que, vamos a, hola, oye, bueno,
      pues, venga, anda, ahora, ahora mismo, ya, ya mismo, el, la, los, las, un, una, unos, unas, mi,
      mis, nuestro, nuestra, nuestros, nuestras, de, del, al, a, me, nos, que hay, hay, tenemos, tengo,
      que tengo, que tenemos, llamada, llamado, con id, con el id, numero, gracias, muchas gracias,
      actualmente, en este momento, otra vez, de nuevo, que estan, que esta, sinteticas, sinteticos,
      sintetica, sintetico, en total, exactamente, rapidamente, inmediatamente, cuanto antes, favor de,
      sobre, con, durante, usando, para mi, en, desde, para, completa, completo, existentes, actual, disponibles,
      que, el nombre, llama, tiene, tienen`),
};

/** Who uses these does not ask for it, or not as it stands. */
export const NEGATIONS: Words = {
  en: of(`not, don't, dont, do not, never, won't, wont, shouldn't, shouldnt, mustn't, can't, cant, cannot,
      without, no, nobody, none, nothing, neither, nor, avoid, refrain, except, but, instead, rather,
      other than, didn't, doesn't, isn't, aren't, wasn't, undo, stop from, unless, hardly, anything but,
      forget, ignore, disregard, nevermind, leave, keep, prevent, forbid, skip`),
  es: of(`no, nunca, jamas, sin, tampoco, ni, ninguno, ninguna, ningun, nada, nadie, evita, evitar, excepto,
      salvo, menos, pero, sino, en vez de, en lugar de, deshaz, deshacer, olvida, olvidalo, ignora,
      deja de, deja, dejar, impide, prohibe, a menos que`),
};

/** Who uses these asks for it under a condition, at another time, or only speaks of it. */
export const HEDGES: Words = {
  en: of(`if, when, whenever, once, until, till, before, after, while, as soon as, in case, provided,
      assuming, suppose, supposing, imagine, pretend, later, tomorrow, tonight, yesterday, next week,
      soon, maybe, perhaps, might, should, shall, ought, may, would, could, did, do, does, was, were,
      has, had, have, been, being, will, going to, about to, why, who, whose, how, what happens,
      what would, what does, what if, said, says, say, told, tells, asked, wrote, thinks, think, he, she,
      they, somebody, someone, wants, wanted, tried, because, explain, example, translate, repeat,
      meaning, every day, daily, hourly, weekly, every week, every hour, every time, o'clock, minutes,
      hours, hypothetically, otherwise, else, or`),
  es: of(`si, cuando, siempre que, en cuanto, hasta, antes, despues, mientras, en caso de, suponiendo, supon,
      imagina, finge, luego, mas tarde, manana, ayer, pronto, quiza, quizas, tal vez, a lo mejor,
      deberia, deberiamos, debo, debemos, habria, ha, he, han, fue, fueron, estaba, por que, porque,
      quien, quienes, como, que pasa, que pasaria, que hace, que significa, dijo, dice, dicen, digo,
      pidio, escribio, piensa, creo, ella, ellos, alguien, quiere, queria, explica, explicame, ejemplo,
      traduce, repite, cada dia, cada semana, cada hora, cada vez, dijeron, dijo que, pidieron, ordeno,
      mando, diariamente, minutos, horas, o, u, va a, iba, detuvo, paro, cancelo, inicio, borro, pauso,
      reanudo, ejecuto`),
};

/** Between two things that are asked for. */
export const JOINTS: Words = {
  en: of(`and, then, also, plus, and then, after that, as well as, as well, too, followed by, &, next`),
  es: of(`y, e, entonces, tambien, ademas, y luego, y despues, asi como, seguido de`),
};

/** More things than one. */
export const MANY: Words = {
  en: of(`all, everything, every, each, both, them, these, those, all of them, all the`),
  es: of(`todo, todos, toda, todas, cada, ambos, ambas, ellos, ellas, estos, estas, esos, esas, todas las,
      todos los`),
};

/** What was spoken of last. */
export const REFERENCES: Words = {
  en: of(`it, that, this, that one, this one, the same, the same one, same, one`),
  es: of(`eso, esto, ese, esa, este, aquel, aquella, lo, el mismo, la misma, lo mismo`),
};

/** The one that is newest. */
export const LATEST: Words = {
  en: of(`last, latest, newest, most recent, the last one, last one, the latest one, latest one, previous,
      the most recent one, recent`),
  es: of(`ultimo, ultima, ultimos, ultimas, mas reciente, mas nuevo, mas nueva, reciente, recientes,
      anterior`),
};

/** Places in the last list, the first one first. */
export const ORDINALS: readonly Words[] = [
  { en: of(`first, first one, 1st, #1`), es: of(`primero, primera, primer`) },
  { en: of(`second, second one, 2nd, #2`), es: of(`segundo, segunda`) },
  { en: of(`third, third one, 3rd, #3`), es: of(`tercero, tercera, tercer`) },
  { en: of(`fourth, fourth one, 4th, #4`), es: of(`cuarto, cuarta`) },
  { en: of(`fifth, fifth one, 5th, #5`), es: of(`quinto, quinta`) },
];

export const YES: Words = {
  en: of(`yes, y, yep, yeah, yup, sure, ok, okay, do it, go ahead, confirm, confirmed, i confirm,
      affirmative, of course, correct, right, that's right, proceed, make it so, absolutely, definitely`),
  es: of(`si, s, claro, vale, dale, hazlo, adelante, confirmo, confirmado, confirmar, de acuerdo, correcto,
      por supuesto, claro que si, eso es, procede, ok, okay, sip, desde luego`),
};

export const NO: Words = {
  en: of(`no, n, nope, nah, cancel, cancel that, cancel it, never mind, nevermind, don't, do not,
      don't do it, do not do it, stop, abort, forget it, no way, negative, leave it, not now, wait,
      hold on, no thanks, not that, neither`),
  es: of(`no, nop, nel, cancela, cancelar, cancelalo, dejalo, olvidalo, no lo hagas, mejor no, ahora no,
      espera, negativo, para nada, no gracias, para, deten, alto, ni hablar, ninguno`),
};

/** Numbers in words. */
export const NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  twenty: 20,
  thirty: 30,
  fifty: 50,
  hundred: 100,
  thousand: 1_000,
  uno: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  doce: 12,
  veinte: 20,
  treinta: 30,
  cincuenta: 50,
  cien: 100,
  mil: 1_000,
};

/** States as the API names them. */
export const STATES: Readonly<Record<string, Words>> = {
  running: {
    en: of(`running, active, in progress, ongoing, under way, live, executing, working`),
    es: of(`en curso, en marcha, activo, activa, activos, activas, corriendo, ejecutandose, en ejecucion,
      trabajando`),
  },
  queued: {
    en: of(`queued, waiting, pending, in the queue`),
    es: of(`en cola, en espera, esperando, pendiente, pendientes, encolado, encolados`),
  },
  waiting: { en: of(`waiting`), es: of(`esperando, en espera`) },
  completed: {
    en: of(`completed, finished, done, complete, successful`),
    es: of(`completado, completados, completada, completadas, terminado, terminados, terminada, terminadas,
      acabado, acabada, acabados, acabadas, hecho, hechos`),
  },
  failed: {
    en: of(`failed, failing, broken, crashed`),
    es: of(`fallido, fallidos, fallida, fallidas, fallado, fallados, roto, rotos`),
  },
  cancelled: {
    en: of(`cancelled, canceled, aborted`),
    es: of(`cancelado, cancelados, cancelada, canceladas, anulado, anulados, anulada, anuladas`),
  },
  paused: {
    en: of(`paused, on hold, suspended`),
    es: of(`pausado, pausados, pausada, pausadas, en pausa`),
  },
  draft: { en: of(`unstarted, not started, in draft`), es: of(`sin iniciar, en borrador`) },
  open: {
    en: of(`open, unresolved, outstanding, pending, waiting`),
    es: of(`abierto, abiertos, abierta, abiertas, pendiente, pendientes, sin resolver`),
  },
  closed: {
    en: of(`closed, resolved, settled`),
    es: of(`cerrado, cerrados, cerrada, cerradas, resuelto, resueltos, resuelta, resueltas`),
  },
  proposed: {
    en: of(`proposed, pending, waiting`),
    es: of(`propuesto, propuestos, propuesta, propuestas, pendiente, pendientes, en espera, esperando`),
  },
  observed: { en: of(`observed`), es: of(`observado, observados, observada, observadas`) },
  succeeded: { en: of(`succeeded, successful`), es: of(`logrado, logrados, lograda, logradas`) },
  dismissed: { en: of(`dismissed`), es: of(`descartado, descartados, descartada, descartadas`) },
  disputed: { en: of(`disputed`), es: of(`disputado, disputados, disputada, disputadas`) },
  starting: { en: of(`starting, starting up`), es: of(`arrancando`) },
  unhealthy: { en: of(`unhealthy, sick`), es: of(`con fallos, enfermo, enfermos`) },
  stopping: { en: of(`stopping, shutting down`), es: of(`deteniendose`) },
  stopped: { en: of(`stopped, halted`), es: of(`detenido, detenidos, detenida, detenidas, parados`) },
  backoff: { en: of(`backing off, in backoff`), es: of(`a la espera de otro intento`) },
  quarantined: { en: of(`quarantined, in quarantine`), es: of(`en cuarentena`) },
};

export const GENDERS: Readonly<Record<string, Words>> = {
  female: {
    en: of(`women, woman, female, females, girls`),
    es: of(`mujeres, mujer, femenino, femenina, femeninas`),
  },
  male: {
    en: of(`men, man, male, males, boys`),
    es: of(`hombres, hombre, masculino, masculina, masculinos, varones`),
  },
  non_binary: {
    en: of(`non-binary, nonbinary, non_binary, enby`),
    es: of(`no-binarias, no-binarios, no-binario, no-binaria, no_binario, nobinario`),
  },
  unspecified: {
    en: of(`mixed, people, persons, agents, anybody, unspecified`),
    es: of(`personas, gente, agentes, mixta, mixto, mixtas, mixtos, cualquiera`),
  },
};

export const SEVERITIES: Readonly<Record<string, Words>> = {
  low: { en: of(`low, minor`), es: of(`baja, bajas, leve, leves`) },
  medium: { en: of(`medium, moderate`), es: of(`media, medias, moderada, moderadas`) },
  high: { en: of(`high, serious, severe`), es: of(`alta, altas, grave, graves`) },
  critical: {
    en: of(`critical, urgent`),
    es: of(`critica, criticas, critico, criticos, urgente, urgentes`),
  },
};

/** What self-healing may do. */
export const MODES: Readonly<Record<string, Words>> = {
  observe: { en: of(`observe, observing`), es: of(`observar`) },
  propose: { en: of(`propose, proposing`), es: of(`proponer`) },
  act: { en: of(`act, acting`), es: of(`actuar`) },
};

/** The queues of jobs, by what they are of: some of these words are nouns of other things. */
export const QUEUES_OF: Readonly<Record<string, Words>> = {
  population: { en: of(`population, populations`), es: of(`poblacion, poblaciones`) },
  content: { en: of(`content`), es: of(`contenido, contenidos`) },
  simulation: { en: of(`simulation, simulations`), es: of(`simulacion, simulaciones`) },
};

/** Before a reason in free words, which ends a sentence. */
export const REASONS: Words = {
  en: of(`because, reason, since, due to, as it, on the grounds that`),
  es: of(`porque, motivo, razon, ya que, debido a, puesto que, pues`),
};

/** "Tell me when it finishes": its beginning, its middle and its end. */
export const WATCHING: Readonly<Record<'ask' | 'when' | 'end', Words>> = {
  ask: {
    en: of(`tell me, let me know, notify me, alert me, inform me, ping me, message me, warn me, say,
      give me a shout, remind me, update me`),
    es: of(`avisame, avisa, dime, notificame, hazme saber, informame, comunicame, alertame, me avisas,
      me dices, avisadme, digame, aviseme, me avise, que me avises`),
  },
  when: {
    en: of(`when, once, as soon as, the moment, whenever, that`),
    es: of(`cuando, en cuanto, apenas, tan pronto como, al`),
  },
  end: {
    en: of(`finishes, finished, is finished, has finished, is done, done, ends, ended, is over, has ended,
      completes, is complete, is completed, has completed, is ready, ready, stops, it's done,
      it's finished, it's ready, it's over, are done, fails or finishes`),
    es: of(`termine, termina, acabe, acaba, finalice, finaliza, haya terminado, haya acabado, este listo,
      este lista, este terminado, este terminada, este hecho, terminar, acabar, se complete, se acabe,
      haya finalizado, este, concluya`),
  },
};
