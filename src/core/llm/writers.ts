/** Who writes texts: rules, or a language model. */
export const WRITERS = ['rules', 'llm'] as const;
export type WriterName = (typeof WRITERS)[number];

/** Where a writing model's answers come from and go to; never `live`, since what is written has to be made again. */
export const WRITING_MODES = ['auto', 'record', 'replay'] as const;
export type WritingMode = (typeof WRITING_MODES)[number];
