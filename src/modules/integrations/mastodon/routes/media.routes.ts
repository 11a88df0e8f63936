import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { NetworkError } from '../../integrations.errors.js';
import { MediaService } from '../../network/media.service.js';
import { isNetworkId } from '../../network/paging.js';
import { NOTHING, text, upload } from '../input.js';
import { mediaJson } from '../render.js';
import { actorOf, route, type Call, type MastodonRoute } from '../routing.js';

const Upload = z.object({ file: upload, description: text(20_000).default('') });
/** Clients of other origins show pictures; nothing in them is run. */
const PICTURE_HEADERS = {
  'cache-control': 'private, max-age=3600',
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
};

/** Pictures: uploads, and what is drawn for every account. */
@Injectable()
export class MediaRoutes {
  constructor(private readonly media: MediaService) {}

  get routes(): MastodonRoute[] {
    const uploading = (path: string): MastodonRoute =>
      route({
        method: 'POST',
        path,
        access: { user: 'write:media' },
        upload: true,
        input: Upload,
        handle: async (call) => {
          const { file, description } = call.input;
          return mediaJson(await this.media.upload(actorOf(call), file.bytes, description), call.places);
        },
      });
    return [
      uploading('/api/v1/media'),
      uploading('/api/v2/media'),
      route({
        method: 'GET',
        path: '/api/v1/media/:id',
        access: { user: 'write:media' },
        input: NOTHING,
        handle: async (call) =>
          mediaJson(await this.media.own(actorOf(call), call.params['id'] ?? ''), call.places),
      }),
      route({
        method: 'PUT',
        path: '/api/v1/media/:id',
        access: { user: 'write:media' },
        input: z.object({ description: text(20_000).default('') }),
        handle: async (call) => {
          const { description } = call.input;
          const media = await this.media.describe(actorOf(call), call.params['id'] ?? '', description);
          return mediaJson(media, call.places);
        },
      }),
      route({
        method: 'DELETE',
        path: '/api/v1/media/:id',
        access: { user: 'write:media' },
        input: NOTHING,
        handle: async (call) => {
          await this.media.remove(actorOf(call), call.params['id'] ?? '');
          return {};
        },
      }),
      route({
        method: 'GET',
        path: '/media/:name',
        access: 'public',
        input: NOTHING,
        handle: (call) => this.send(call),
      }),
      drawn('/avatars/:name', avatarSvg),
      drawn('/headers/:name', headerSvg),
    ];
  }

  private async send({ params, reply }: Call): Promise<unknown> {
    const { media, content } = await this.media.open(params['name'] ?? '');
    return reply
      .headers({
        ...PICTURE_HEADERS,
        'content-type': media.media_type,
        'content-length': content.bytes,
      })
      .send(content.stream);
  }
}

/** A drawing that follows from the id in its name. */
function drawn(path: string, draw: (hue: number) => string): MastodonRoute {
  return route({
    method: 'GET',
    path,
    access: 'public',
    input: NOTHING,
    handle: ({ params, reply }) => {
      const id = /^(\d{1,19})\.svg$/.exec(params['name'] ?? '')?.[1];
      if (id === undefined || !isNetworkId(id)) throw NetworkError.notFound('drawing', params['name'] ?? '');
      return reply
        .headers({ ...PICTURE_HEADERS, 'content-type': 'image/svg+xml' })
        .send(draw(Number(BigInt(id) % 360n)));
    },
  });
}

function avatarSvg(hue: number): string {
  const [background, ink] = [`hsl(${hue} 55% 45%)`, `hsl(${(hue + 40) % 360} 70% 80%)`];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="${background}"/>` +
    `<rect x="24" y="32" width="48" height="40" rx="10" fill="${ink}"/><path d="M48 32V20" stroke="${ink}" stroke-width="5"/>` +
    `<circle cx="48" cy="17" r="6" fill="${ink}"/><circle cx="38" cy="50" r="5" fill="${background}"/><circle cx="58" cy="50" r="5" fill="${background}"/></svg>`
  );
}

function headerSvg(hue: number): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100" width="600" height="200">` +
    `<rect width="300" height="100" fill="hsl(${hue} 40% 60%)"/><circle cx="${hue % 300}" cy="20" r="60" fill="hsl(${(hue + 60) % 360} 45% 55%)"/></svg>`
  );
}
