/** What somebody says: words, or what a program says in fields. */
export type Saying =
  | { kind: 'text'; text: string }
  /** Speech, as it was heard, and whether that is certain; confidence from 0 to 1, null where nobody knows. */
  | { kind: 'spoken'; text: string; confidence: number | null; certain: boolean }
  | { kind: 'command'; command: string; arguments: Record<string, unknown>; confirmed: boolean }
  | { kind: 'reply'; question: string; yes: boolean };
