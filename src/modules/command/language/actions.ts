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
    en: of(`run, execute, rerun, run again`),
    es: of(`ejecuta, ejecutar, ejecute, corre, correr, corra`),
  },
  // Campaigns and bots are run, and not simulated.
  simulate: {
    en: of(`simulate`),
    es: of(`simula, simular, simule`),
  },
  stop: {
    en: of(`stop, halt, end, shut down, shutdown, turn off, switch off, finish, kill, terminate, deactivate,
      stop running`),
    es: of(`deten, detener, detenga, detengas, para, parar, pare, apaga, apagar, apague, frena, frenar, frene,
      termina, terminar, termine, finaliza, finalizar, mata, matar, desactiva, desactivar`),
  },
  cancel: {
    en: of(`cancel, abort, call off, scrap, drop`),
    es: of(`cancela, cancelar, cancele, anula, anular, anule, aborta, abortar, aborte`),
  },
  pause: {
    en: of(`pause, hold, put on hold, freeze, suspend, halt for now`),
    es: of(`pausa, pausar, pause, pon en pausa, poner en pausa, pon pausa a, congela, congelar, suspende, suspender,
      suspenda`),
  },
  resume: {
    en: of(`resume, continue, carry on, carry on with, go on with, unpause, unfreeze, keep going with,
      proceed with`),
    es: of(`reanuda, reanudar, reanude, continua, continuar, continue, sigue, seguir, sigue con, prosigue,
      retoma, retomar, retome, despausa`),
  },
  restart: {
    en: of(`restart, retry, reboot, bounce, relaunch, reload, turn off and on again`),
    es: of(`reinicia, reiniciar, reinicie, reintenta, reintentar, reintente, rearranca, rearrancar, relanza,
      relanzar`),
  },
  scale: {
    en: of(`scale, scale up, scale down, scale out, scale in, resize`),
    es: of(`escala, escalar, escale`),
  },
  drain: {
    en: of(`drain`),
    es: of(`drena, drenar, drene, vacia, vaciar, vacie`),
  },
  // Whole phrases: that something is reduced or raised says by how much, and not to what.
  limit: {
    en: of(`set the concurrency of, set concurrency of, set the concurrency for, set concurrency for,
      change the concurrency of, change concurrency of, limit the concurrency of, limit concurrency of`),
    es: of(`fija la concurrencia de, fija la concurrencia del, fijar la concurrencia de, fijar la concurrencia del,
      cambia la concurrencia de, cambia la concurrencia del, ajusta la concurrencia de,
      ajusta la concurrencia del, limita la concurrencia de, limita la concurrencia del,
      pon la concurrencia de, pon la concurrencia del`),
  },
  restore: {
    en: of(`restore, restore the concurrency of, restore concurrency of`),
    es: of(`restaura, restaurar, restaure, restablece, restablecer, restablezca, restaura la concurrencia de,
      restaura la concurrencia del, restablece la concurrencia de, restablece la concurrencia del`),
  },
  heal: {
    en: of(`set the healing of, set healing of, set the self-healing of, set self-healing of,
      set the healing for, set healing for, set self-healing for, change the healing of,
      change the self-healing of`),
    es: of(`fija la autocuracion de, fija la autocuracion del, cambia la autocuracion de,
      cambia la autocuracion del, pon la autocuracion de, pon la autocuracion del`),
  },
  rollback: {
    en: of(`roll back, rollback, revert, undo the update of`),
    es: of(`revierte, revertir, revierta, deshaz la actualizacion de`),
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
    en: of(`uphold, block`),
    es: of(`manten, mantener, mantenga, bloquea, bloquear, bloquee`),
  },
  reject: {
    en: of(`reject, deny, refuse`),
    es: of(`rechaza, rechazar, rechace, deniega, denegar`),
  },
  release: {
    en: of(`release, let through, clear`),
    es: of(`libera, liberar, libere, deja pasar`),
  },
  approve: {
    en: of(`approve, allow, accept`),
    es: of(`aprueba, aprobar, apruebe, permite, permitir, permita, acepta, aceptar, acepte`),
  },
  dismiss: {
    en: of(`dismiss, close`),
    es: of(`descarta, descartar, descarte, desestima, desestimar, desestime, cierra, cerrar, cierre`),
  },
  label: {
    en: of(`label, tag, mark`),
    es: of(`etiqueta, etiquetar, etiquete, marca, marcar, marque`),
  },
  logs: {
    en: of(`logs, log, logs of, show logs, tail, read the logs, output of`),
    es: of(`registros, registro, bitacora, salida de`),
  },
  report: {
    en: of(`report, report of, report on, results, results of, findings, findings of`),
    es: of(`informe, informe de, informe del, reporte, reporte de, reporte del, resultados, resultados de,
      resultados del`),
  },
  watch: {
    en: of(`watch, follow, track, keep an eye on, monitor`),
    es: of(`sigue de cerca, vigila, vigilar, observa, observar, monitorea, monitoriza, no pierdas de vista`),
  },
  export: {
    en: of(`export, download`),
    es: of(`exporta, exportar, exporte, descarga, descargar, descargue`),
  },
  retire: {
    en: of(`retire, retire for good, pension off`),
    es: of(`retira, retirar, retire, jubila, jubilar`),
  },
  delete: {
    en: of(`delete, remove, erase, destroy, wipe, purge, drop all, get rid of, clean up, trash`),
    es: of(`borra, borrar, borre, elimina, eliminar, elimine, destruye, destruir, quita, quitar, suprime,
      suprimir, purga, limpia`),
  },
} as const satisfies Readonly<Record<string, Words>>;

export type Action = keyof typeof ACTIONS;
