/**
 * Letters that are drawn like a Latin letter, by script; the letter at the same place of `latin` is what a reader takes
 * them for. Only look-alikes that survive compatibility decomposition are listed (fullwidth, circled and mathematical
 * letters are handled by Unicode itself).
 */
const SCRIPTS: readonly { letters: string; latin: string }[] = [
  // Cyrillic
  {
    letters: 'АаВвСсԀԁЕеҒғԌԍНнһІіЈјКкӀӏМмОоРрԚԛЅѕТтЦцѴѵԜԝШшХхУуҮүЗзГгПпИи',
    latin: 'aabbccddeeffgghhhiijjkkllmmooppqqssttuuvvwwwwxxyyyyeerrnnuu',
  },
  // Greek
  { letters: 'ΑαΒβϹϲΕεΗηΙιϳΚκΜΝΟοΡρΣσςΤτΥυΧχΖωϜ', latin: 'aabbcceehniijkkmnoopposssttyuxxzwf' },
  // Armenian and Cherokee
  { letters: 'աԁօսհոցԼյᎪᏴᏟᎠᎬᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᎩᏃ', latin: 'wdouhngljabcdehijklmprstvwyz' },
  // Latin letters of other shapes: small capitals, dotless, script, hooked and stroked forms
  { letters: 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', latin: 'abcdefghijklmnoprstuvwyz' },
  {
    letters: 'ɑæƀɓçđɖɗəɛǝɡɠħɦıɨɩʝƙłɫɭɱɲŋøɔœþɽɾʂʃŧƭʉʋɣƴƶʐ',
    latin: 'aabbcdddeeegghhiiijklllmnnoooprrssttuvyyzz',
  },
  // Punctuation that is typed for a letter or a plain mark
  { letters: '’‘ʼ′´`ꞌ＇ǃ∣ǀ‐‑‒–—−․⁄∕', latin: "''''''''!||------.//" },
];

/** Maps one look-alike character to the plain one. */
export const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  SCRIPTS.flatMap(({ letters, latin }) =>
    Array.from(letters, (letter, place) => [letter, latin.charAt(place)] as const),
  ),
);
