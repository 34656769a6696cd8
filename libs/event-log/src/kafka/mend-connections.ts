import { createRequire } from 'node:module';
import { type Socket } from 'node:net';

interface Connection {
  chunks: readonly Buffer[];
  bytesBuffered: number;
  bytesNeeded: number;
  readonly socket?: Socket;
  isConnected(): boolean;
  connect: (this: Connection) => Promise<boolean>;
  disconnect: (this: Connection) => Promise<boolean>;
  processData: (this: Connection, data: Buffer) => unknown;
}

/** The length of an answer stands before it. */
const LENGTH_BYTES = 4;

const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/connection.js') as { readonly prototype: Connection };
const kafkajs = { connect: prototype.connect, disconnect: prototype.disconnect, processData: prototype.processData };

/**
 * kafkajs 2.2.4 keeps what it has of an answer when the connection breaks in the middle of it, and takes the first bytes of the next
 * connection for the rest. From then on no answer of that broker is read rightly: requests run into their time-outs for ever, or the
 * decoder reads past its end and, inside an event of the socket, ends the process.
 *
 * A new connection begins with nothing; a broken one is not listened to any longer; and bytes that make no sense break the connection,
 * which is then made anew, and nothing else. Calling it again changes nothing.
 */
export function mendConnections(): void {
  prototype.connect = function (this: Connection) {
    if (!this.isConnected()) Object.assign(this, { chunks: [], bytesBuffered: 0, bytesNeeded: LENGTH_BYTES });
    return kafkajs.connect.call(this);
  };
  prototype.disconnect = async function (this: Connection) {
    const { socket } = this;
    const answer = await kafkajs.disconnect.call(this);
    // What it still says belongs to no request; it is read on, so that its end is heard of.
    socket?.removeAllListeners('data');
    if (socket?.connecting === false) socket.resume();
    return answer;
  };
  prototype.processData = function (this: Connection, data: Buffer) {
    try {
      return kafkajs.processData.call(this, data);
    } catch (error) {
      return this.socket?.destroy(error as Error);
    }
  };
}
