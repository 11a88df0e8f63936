import type { Client } from '@azt3knet/client';
import { AccountError } from '../auth.errors.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The id of a user who is given by it or by the username. @throws AccountError `user_not_found` */
export async function idOfUser(client: Client, given: string): Promise<string> {
  if (UUID.test(given)) return given.toLowerCase();
  // The filter finds parts of names, too.
  const query = { username: given, limit: 1_000 };
  for await (const { id, username } of client.items('/api/v1/users', { params: { query } })) {
    if (username === given) return id;
  }
  throw AccountError.notFound('user', given);
}
