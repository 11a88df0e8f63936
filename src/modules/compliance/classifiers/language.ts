import { TokenKind, type Token } from './tokens.js';

export type Language = 'en' | 'es' | 'und';

/** Frequent words, folded; those that languages share are listed in each of them and so decide nothing. */
const WORDS: Readonly<Record<string, string>> = {
  en: 'the of and to in is you that it he was for on are as with his they at be this have from or had by hot but some what there we can out other were all your when up use how said an each she which do their time if will way about many then them would write like so these her long make thing see him two has look more day could go come did my no most people over know than call who may down side been now find any new work part take get place made where after back little only man year came show every good me give our under name very through just much great think say help low line before turn cause same mean differ move right boy old too does tell want well also play small end put home read hand why ask went men need house again im dont ive its thats cant youre should really never because someone anyone something stop please hate love got still even off here am not ever into us being always those',
  es: 'el la de que y a en un ser se no haber por con su para como estar tener le lo todo pero mas hacer o poder decir este ir otro ese si me ya ver porque dar cuando muy sin vez mucho saber sobre mi alguno mismo yo tambien hasta ano dos querer entre asi primero desde grande eso ni nos llegar pasar tiempo ella bien dia uno siempre tanto hombre parecer nuestro tan donde ahora parte despues vida quedar creer hablar llevar dejar nada cada seguir menos nuevo encontrar los las una del al es son fue era esta estan estaba hay tiene tienen ha han somos soy eres estoy estas quien quiero puedo puede pueden hace gente mujeres hombres todos todas mis tus sus les te tu usted ustedes nosotros gracias hola casa trabajo mejor peor nunca aqui alli esa esos esas estos unos unas algo alguien nadie qué cual cuales odio amo amigo amiga pais mundo mas contra aunque mientras hoy ayer manana',
  pt: 'o a de que e do da em um para com nao uma os no se na por mais as dos como mas foi ao ele das tem seu sua ou ser quando muito ha nos ja esta eu tambem so pelo pela ate isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles estao voce tinha foram essa num nem suas meu minha numa pelos elas havia seja qual sera tenho lhe deles essas esses pelas este fosse dele muito obrigado bom dia hoje sao',
  fr: 'le la de et les des un une est en que qui dans du pour pas au sur ce il elle je vous nous avec son se plus par mais ne ou sont cette ses tout aux bien etre fait comme meme ils leur y ont si faire ca mon ma mes tu te toi moi cest jai nest quil deux sans peut tres aussi ici rien jamais toujours merci bonjour',
  it: 'il di che e la in un a per una sono mi non ho lo ma ti ha cosa le con si i hai se io da come del ci no questo bene qui e gli tu della me sei al solo mio fatto te ne era perche quando dei nel alla piu lei anche loro molto sua tutto ora chi tua suo abbiamo siamo nella grazie ciao oggi sempre',
  de: 'der die und in den von zu das mit sich des auf fur ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem uber einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich du wir ihr mich dich was wer warum heute immer nichts kann',
  nl: 'de het een en van ik te dat die in is niet je op zijn met voor er maar om hem dan zou of wat mijn men dit zo door over ze zich bij ook tot mij uit der daar haar naar heb hoe heeft hebben deze want nog zal me zij nu geen omdat iets worden toch al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja eens hier wie werd altijd doch wordt wezen kunnen ons zelf',
};

const LANGUAGES_OF = new Map<string, string[]>();
for (const [language, words] of Object.entries(WORDS)) {
  for (const word of new Set(words.split(' '))) {
    const known = LANGUAGES_OF.get(word);
    if (known === undefined) LANGUAGES_OF.set(word, [language]);
    else known.push(language);
  }
}

/** Ends of words that tell the two languages apart when no frequent word does. */
const ENDINGS: readonly [ending: string, language: string][] = [
  ['ing', 'en'],
  ['tion', 'en'],
  ['ness', 'en'],
  ['ck', 'en'],
  ['th', 'en'],
  ['ed', 'en'],
  ['ly', 'en'],
  ['ght', 'en'],
  ['ish', 'en'],
  ['cion', 'es'],
  ['dad', 'es'],
  ['ando', 'es'],
  ['iendo', 'es'],
  ['eros', 'es'],
  ['ales', 'es'],
  ['ado', 'es'],
  ['idos', 'es'],
  ['mente', 'es'],
  ['illa', 'es'],
];
const FREQUENT_VOTE = 1;
const ENDING_VOTE = 0.4;
/** By how much the winner must lead. */
const LEAD = 0.15;
const READ_TOKENS = 200;
const LATIN_WORD = /^[a-z]+$/u;

/**
 * Whether tokens are English, Spanish, or neither that can be told ('und'): by frequent words of seven languages, and
 * by the ends of words. A text without a telling word, or one in a script other than Latin, is undetermined.
 */
export function detectLanguage(tokens: readonly Token[]): Language {
  const votes = new Map<string, number>();
  const vote = (language: string, weight: number): void => {
    votes.set(language, (votes.get(language) ?? 0) + weight);
  };
  for (const { word, kind } of tokens.slice(0, READ_TOKENS)) {
    if (kind !== TokenKind.word || !LATIN_WORD.test(word)) continue;
    const languages = LANGUAGES_OF.get(word);
    if (languages !== undefined) {
      for (const language of languages) vote(language, FREQUENT_VOTE / languages.length);
      continue;
    }
    for (const [ending, language] of ENDINGS) if (word.endsWith(ending)) vote(language, ENDING_VOTE);
  }
  const [first, second] = [...votes].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (first === undefined || first[1] - (second?.[1] ?? 0) < LEAD) return 'und';
  return first[0] === 'en' || first[0] === 'es' ? first[0] : 'und';
}
