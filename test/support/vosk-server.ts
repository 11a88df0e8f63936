import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** What the stand-in does with an utterance. */
export interface VoskScript {
  /** What it understands, sentence by sentence; a pause in the sound ends one, so many bytes after it began. */
  sentences: { words: [word: string, conf: number][]; afterBytes?: number }[];
  /** What goes wrong. */
  fails?: 'closes' | 'garbage' | 'slow' | 'silent' | 'twice' | 'binary';
  /** Without confidences, as a server that was started so. */
  plain?: boolean;
}

/** A server that speaks as alphacep's does: a configuration that is not answered, one answer for each piece of sound, `{"eof" : 1}`. */
export class VoskServer {
  /** Every message of clients: texts as they came, sound as its length. */
  readonly heard: (string | number)[] = [];
  readonly sounds: Buffer[] = [];
  open = 0;
  script: VoskScript = { sentences: [] };

  private constructor(private readonly server: WebSocketServer) {
    server.on('connection', (socket) => this.serve(socket));
  }

  static async start(): Promise<VoskServer> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    return new VoskServer(server);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const client of this.server.clients) client.terminate();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: WebSocket): void {
    this.open += 1;
    let bytes = 0;
    const left = [...this.script.sentences];
    const { fails } = this.script;
    socket.on('error', () => {});
    socket.on('close', () => {
      this.open -= 1;
    });
    socket.on('message', (data: Buffer, isBinary) => {
      this.heard.push(isBinary ? data.length : data.toString('utf8'));
      if (!isBinary && data.toString('utf8').includes('"config"')) return;
      if (isBinary) this.sounds.push(data);
      if (!isBinary && data.toString('utf8') !== '{"eof" : 1}') return;
      bytes += isBinary ? data.length : 0;
      if (fails === 'closes' && bytes > 16_000) return socket.close(1011);
      if (fails === 'silent') return;
      if (fails === 'garbage') return socket.send('<html>');
      if (fails === 'binary') return socket.send(Buffer.from('{"text": ""}'));
      const answer = isBinary ? this.during(left, bytes) : this.final(left);
      const tell = (): void => {
        if (socket.readyState !== socket.OPEN) return;
        socket.send(answer);
        if (fails === 'twice') socket.send(answer);
        if (!isBinary) socket.close();
      };
      if (fails === 'slow') setTimeout(tell, 120);
      else tell();
    });
  }

  private during(left: VoskScript['sentences'], bytes: number): string {
    const [sentence] = left;
    if (sentence?.afterBytes !== undefined && bytes >= sentence.afterBytes) {
      left.shift();
      return this.result([sentence]);
    }
    const said = sentence?.words.slice(0, Math.ceil(bytes / 16_000)) ?? [];
    return `{\n  "partial" : "${said.map(([word]) => word).join(' ')}"\n}`;
  }

  private final(left: VoskScript['sentences']): string {
    return this.result(left.splice(0));
  }

  /** As Kaldi's writer of JSON lays it out. */
  private result(sentences: VoskScript['sentences']): string {
    const words = sentences.flatMap((sentence) => sentence.words);
    const text = `"text" : "${words.map(([word]) => word).join(' ')}"`;
    if (this.script.plain === true || words.length === 0) return `{\n  ${text}\n}`;
    const rows = words.map(
      ([word, conf], n) =>
        `{\n      "conf" : ${conf.toFixed(6)},\n      "end" : ${(n + 1).toFixed(6)},\n      "start" : ${n.toFixed(6)},\n      "word" : "${word}"\n    }`,
    );
    return `{\n  "result" : [${rows.join(', ')}],\n  ${text}\n}`;
  }
}
