import { of, type Words } from './words.js';

/** What can be done, by the words people have for it: imperatives, infinitives, polite forms. */
export const ACTIONS = {
  list: {
    en: of(`list, list out, enumerate, ls, browse, which are, which, what, what are, how many, count`),
    es: of(`lista, listar, liste, listame, listadme, enumera, enumerar, cuales son, cuales, cuantos, cuantas,
      cuenta`),
  },
  show: {
    en: of(`show, show me, display, give me, get, get me, fetch, see, view, look at, look up, open, find,
      describe, inspect, print, tell me about, tell me, what is, what's, whats, how is, how's, is, are,
      check, check on, details, details of, info, info on, information, status, state, progress`),
    es: of(`muestra, mostrar, muestrame, muestre, muestreme, ensena, ensename, ensenar, ver, ve, dame, deme,
      dime, digame, trae, traeme, abre, abrir, busca, buscar, describe, describir, describeme,
      inspecciona, imprime, que es, cual es, como va, como esta, como van, como anda, esta, estan,
      comprueba, consulta, consultar, revisa, detalles, detalle, detalles de, informacion, info, estado,
      progreso, mira, mirar`),
  },
  start: {
    en: of(`start, start up, begin, launch, kick off, fire up, activate, turn on, switch on, boot, boot up,
      initiate, commence, set off, get going`),
    es: of(`inicia, iniciar, inicie, inicies, arranca, arrancar, arranque, lanza, lanzar, lance, comienza,
      comenzar, comience, empieza, empezar, empiece, activa, activar, active, enciende, encender,
      encienda, prende, prender, pon en marcha, poner en marcha, echa a andar`),
  },
  run: {
    en: of(`run, execute, simulate, rerun, run again`),
    es: of(`ejecuta, ejecutar, ejecute, corre, correr, corra, simula, simular, simule`),
  },
  stop: {
    en: of(`stop, halt, end, shut down, shutdown, turn off, switch off, finish, kill, terminate, deactivate,
      stop running`),
    es: of(`deten, detener, detenga, detengas, para, parar, pare, apaga, apagar, apague, frena, frenar, frene,
      termina, terminar, termine, finaliza, finalizar, mata, matar, desactiva, desactivar`),
  },
  cancel: {
    en: of(`cancel, abort, call off, scrap, drop`),
    es: of(`cancela, cancelar, cancele, anula, anular, anule, aborta, abortar, aborte, suspende, suspender`),
  },
  pause: {
    en: of(`pause, hold, put on hold, freeze, suspend, halt for now`),
    es: of(`pausa, pausar, pause, pon en pausa, poner en pausa, pon pausa a, congela, congelar`),
  },
  resume: {
    en: of(`resume, continue, carry on, carry on with, go on with, unpause, unfreeze, keep going with,
      proceed with`),
    es: of(`reanuda, reanudar, reanude, continua, continuar, continue, sigue, seguir, sigue con, prosigue,
      retoma, retomar, retome, despausa`),
  },
  restart: {
    en: of(`restart, reboot, bounce, relaunch, reload, turn off and on again`),
    es: of(`reinicia, reiniciar, reinicie, rearranca, rearrancar, relanza, relanzar`),
  },
  generate: {
    en: of(`generate, create, make, make me, build, produce, synthesize, synthesise, populate, new`),
    es: of(`genera, generar, genere, generame, crea, crear, cree, creame, haz, hazme, hacer, produce, producir,
      fabrica, fabricar, puebla, poblar, nueva, nuevo`),
  },
  draft: {
    en: of(`draft, write, write up, compose, author`),
    es: of(`redacta, redactar, redacte, redactame, escribe, escribir, escriba, escribeme, compon, componer`),
  },
  claim: {
    en: of(`claim, take, take on, grab, pick up, assign me, assign to me, reserve`),
    es: of(`reclama, reclamar, reclame, toma, tomar, tome, coge, coger, agarra, agarrar, asigname, asigna,
      reserva, reservar`),
  },
  decide: {
    en: of(`decide, rule on, judge, resolve, settle`),
    es: of(`decide, decidir, decida, resuelve, resolver, resuelva, dictamina, dictaminar, juzga, juzgar`),
  },
  uphold: {
    en: of(`uphold, reject, block, deny, refuse`),
    es: of(`manten, mantener, mantenga, rechaza, rechazar, rechace, bloquea, bloquear, bloquee, deniega,
      denegar`),
  },
  release: {
    en: of(`release, approve, allow, accept, let through, clear`),
    es: of(`libera, liberar, libere, aprueba, aprobar, apruebe, permite, permitir, permita, acepta, aceptar,
      acepte, deja pasar`),
  },
  label: {
    en: of(`label, tag, mark`),
    es: of(`etiqueta, etiquetar, etiquete, marca, marcar, marque`),
  },
  logs: {
    en: of(`logs, log, logs of, show logs, tail, read the logs, output of`),
    es: of(`registros, registro, bitacora, salida de`),
  },
  watch: {
    en: of(`watch, follow, track, keep an eye on, monitor`),
    es: of(`sigue de cerca, vigila, vigilar, observa, observar, monitorea, monitoriza, no pierdas de vista`),
  },
  delete: {
    en: of(`delete, remove, erase, destroy, wipe, purge, drop all, get rid of, clean up, trash`),
    es: of(`borra, borrar, borre, elimina, eliminar, elimine, destruye, destruir, quita, quitar, suprime,
      suprimir, purga, limpia`),
  },
} as const satisfies Readonly<Record<string, Words>>;

export type Action = keyof typeof ACTIONS;
