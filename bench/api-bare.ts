import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import fastify from 'fastify';
import pg from 'pg';

// What a team would write by hand for this one route, with nothing around it.

const jwt = new JwtService();
const jwk = JSON.parse(process.env['BENCH_PUBLIC_KEY'] ?? '{}') as JsonWebKey;
const publicKey = createPublicKey({ key: jwk, format: 'jwk' }) as unknown as Buffer;
const pool = new pg.Pool({ connectionString: process.env['BENCH_DATABASE_URL'], max: 10 });
const app = fastify();

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const agent = {
  type: 'object',
  properties: {
    ...Object.fromEntries(
      ['id', 'seed', 'name', 'username_hint', 'country', 'city', 'locale', 'timezone'].map((name) => [
        name,
        text,
      ]),
    ),
    age: { type: 'integer' },
    gender: text,
    interests: texts,
    bio: text,
    posting_cadence: text,
    tone: text,
    behavioral_biases: texts,
  },
};

app.get<{ Params: { id: string } }>(
  '/api/v1/agents/:id',
  {
    schema: {
      params: { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } },
      response: {
        200: {
          type: 'object',
          properties: { synthetic: { type: 'boolean' }, population_id: text, agent },
        },
      },
    },
    preHandler: (request, reply, done) => {
      const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      try {
        jwt.verify(token, { publicKey, algorithms: ['RS256'], issuer: 'azt3knet', audience: 'azt3knet-api' });
        done();
      } catch {
        void reply.status(401).send({ title: 'Unauthorized' });
      }
    },
  },
  async (request, reply) => {
    const { rows } = await pool.query('SELECT * FROM agents WHERE id = $1', [request.params.id]);
    if (rows.length === 0) return reply.status(404).send({ title: 'Not Found' });
    const { population_id, ...profile } = rows[0] as Record<string, unknown>;
    return { synthetic: true, population_id, agent: profile };
  },
);

process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
