/**
 * The WHERE of a query, made of the conditions that were given: values travel as parameters, columns are written in the
 * code. A condition whose value is undefined asks for nothing.
 */
export class Conditions {
  private readonly clauses: string[] = [];
  private readonly values: unknown[] = [];

  /** A condition of its own kind; `clause` is given the name of the parameter that holds the value. */
  add(value: unknown, clause: (parameter: string) => string): this {
    if (value !== undefined) this.clauses.push(clause(this.parameter(value)));
    return this;
  }

  /** A condition without a value. */
  require(clause: string): this {
    this.clauses.push(clause);
    return this;
  }

  equal(column: string, value: string | number | boolean | undefined): this {
    return this.add(value, (parameter) => `${column} = ${parameter}`);
  }

  oneOf(column: string, values: readonly string[] | undefined): this {
    return this.add(values, (parameter) => `${column} = ANY(${parameter})`);
  }

  atLeast(column: string, value: string | number | undefined): this {
    return this.add(value, (parameter) => `${column} >= ${parameter}`);
  }

  atMost(column: string, value: string | number | undefined): this {
    return this.add(value, (parameter) => `${column} <= ${parameter}`);
  }

  /** From the first moment, included, to the second, excluded. */
  within(column: string, from: string | undefined, to: string | undefined): this {
    return this.atLeast(column, from).add(to, (parameter) => `${column} < ${parameter}`);
  }

  /** Takes a value that no condition of its own needs, such as a limit. */
  parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get sql(): string {
    return this.clauses.length === 0 ? 'true' : this.clauses.map((clause) => `(${clause})`).join(' AND ');
  }

  get parameters(): unknown[] {
    return this.values;
  }
}

/** A pattern for LIKE that finds a text anywhere, whatever signs it has. */
export function anywhere(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
