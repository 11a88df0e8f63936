/** What may hide a text: marks that turn the order of letters round, and what stands in the block of invisible tags. */
const SUSPECT = /[\u202d\u202e\udb40]/;

/** Flags of regions, such as Scotland's, are written with tags. */
const FLAGS = /\u{1f3f4}[\u{e0030}-\u{e007a}]{1,7}\u{e007f}/gu;

/** Overrides of direction; tags; variation selectors in a row, of which a character takes one. */
const HIDING = /[\u202d\u202e\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]{2}/u;

/**
 * Whether a reader sees something else than a program reads: letters shown in the opposite order, or whole texts in
 * characters that nothing shows. Folding drops both, so rules would read them the wrong way round, or not at all.
 */
export function hidesText(text: string): boolean {
  return SUSPECT.test(text) && HIDING.test(text.replaceAll(FLAGS, ''));
}
