import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidInputError } from '../../../core/http/index.js';

/** The id of a population in a path: a UUID, or the digest of its specification. */
@Injectable()
export class PopulationIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const id = value.toLowerCase();
    if (/^[\da-f]{64}$/u.test(id)) return id;
    if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u.test(id)) return id;
    throw new InvalidInputError([
      { field: 'id', message: 'must be a UUID or the SHA-256 of a specification' },
    ]);
  }
}
