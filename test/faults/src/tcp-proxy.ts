import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What the network between a service and an engine does:
 * - `pass`: what comes goes on;
 * - `refuse`: connections that stand are reset, new ones too;
 * - `hang`: nothing gets through and nobody is told, as where packets are dropped; what waited goes on when it passes again;
 * - `slowMs`: each piece waits so long;
 * - `bytesPerMs`: a narrow line, each way of each connection;
 * - `cut`: connections are reset in the middle of the next piece that comes back;
 * - `answer`: whoever asks is answered with these bytes, and the engine hears nothing: an engine that is there and refuses;
 * - `told`: what comes goes on, and each piece on its way to the engine is told of once it has been handed on.
 */
export type Network =
  | 'pass'
  | 'refuse'
  | 'hang'
  | 'cut'
  | { readonly slowMs: number }
  | { readonly bytesPerMs: number }
  | { readonly answer: string }
  | { readonly told: (piece: Buffer) => void };

export interface TcpProxy {
  readonly port: number;
  be(network: Network): void;
  close(): Promise<void>;
}

/** Only TCP knows a reset; an engine at a socket's path hears that its client is gone. */
const reset = (socket: net.Socket): net.Socket => (socket.remoteFamily === undefined ? socket.destroy() : socket.resetAndDestroy());

/** How long a piece waits before it is handed on. */
function waitMs(network: Network, bytes: number): number {
  if (typeof network !== 'object') return 0;
  if ('slowMs' in network) return network.slowMs;
  return 'bytesPerMs' in network ? bytes / network.bytesPerMs : 0;
}

/** Stands between clients and what listens at `to`, a port of this machine or a socket's path. */
export async function startTcpProxy(port: number, to: net.NetConnectOpts): Promise<TcpProxy> {
  const open = new Set<net.Socket>();
  let network: Network = 'pass';
  let changed = Promise.withResolvers<void>();

  const pump = async (from: net.Socket, into: net.Socket, backwards: boolean): Promise<void> => {
    let answered = false;
    for await (const piece of from as AsyncIterable<Buffer>) {
      while (network === 'hang') await changed.promise;
      if (answered) continue; // the rest of what was refused
      const now: Network = network; // it changes while a piece waits
      if (typeof now === 'object' && 'answer' in now && !backwards) {
        answered = true;
        from.end(now.answer);
        continue;
      }
      const wait = waitMs(now, piece.length);
      if (wait > 0) await sleep(wait);
      if (network === 'cut' && backwards) {
        into.write(piece.subarray(0, piece.length >> 1), () => reset(into));
        reset(from);
        return;
      }
      if (!into.write(piece)) await new Promise<void>((resolve) => into.once('drain', resolve).once('close', resolve));
      if (typeof now === 'object' && 'told' in now && !backwards) now.told(piece);
    }
    into.end();
  };
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    if (network === 'refuse') return void client.resetAndDestroy();
    const engine = net.connect({ ...to, allowHalfOpen: true });
    for (const [socket, other] of [[client, engine], [engine, client]] as const) {
      open.add(socket);
      socket.once('close', () => (open.delete(socket), other.destroy()));
    } // prettier-ignore
    for (const socket of [client, engine]) socket.on('error', () => socket.destroy()); // either end may go at any time
    pump(client, engine, false).catch(() => engine.destroy());
    pump(engine, client, true).catch(() => client.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const be = (next: Network): void => {
    network = next;
    changed.resolve();
    changed = Promise.withResolvers();
    if (next === 'refuse') for (const socket of open) reset(socket);
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    be,
    async close() {
      be('refuse');
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
