import { createServer } from 'node:net';
import { BSON } from 'mongodb';

/**
 * Stands in for a `mongod` that has data of a replica set and listens before it has read its configuration: it does not
 * know one yet, and refuses to be given one. Speaks only as much of MongoDB's protocol as a start takes, and says on
 * standard output what it was asked.
 */

const port = Number(process.argv[process.argv.indexOf('--port') + 1]);
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;
let asked = 0;

const answers = {
  replSetGetConfig: () => ({ ok: 0, code: 94, codeName: 'NotYetInitialized', errmsg: 'no config yet' }),
  replSetInitiate() {
    asked += 1;
    return { ok: 0, code: 23, codeName: 'AlreadyInitialized', errmsg: 'already initialized' };
  },
};

const hello = () => ({
  ok: 1,
  minWireVersion: 0,
  maxWireVersion: 21,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  // It has read its configuration once it was asked twice.
  ...(asked < 2 ? { isreplicaset: true } : { setName: 'swarm', hosts: [`127.0.0.1:${port}`] }),
  isWritablePrimary: asked >= 2,
});

function answerTo(command) {
  const [name = ''] = Object.keys(command);
  if (/^(hello|isMaster)$/i.test(name)) return hello();
  process.stdout.write(`asked ${name}\n`);
  return answers[name]?.() ?? { ok: 1 };
}

function framed(requestId, opcode, lead, document) {
  const body = Buffer.concat([lead, BSON.serialize(document)]);
  const header = Buffer.alloc(HEADER);
  for (const [i, value] of [HEADER + body.length, 1, requestId, opcode].entries()) {
    header.writeInt32LE(value, 4 * i);
  }
  return Buffer.concat([header, body]);
}

function reply(frame) {
  const [requestId, opcode] = [frame.readInt32LE(4), frame.readInt32LE(12)];
  if (opcode === OP_MSG) {
    // Flags, and the kind of the only section.
    return framed(requestId, OP_MSG, Buffer.alloc(5), answerTo(BSON.deserialize(frame.subarray(HEADER + 5))));
  }
  if (opcode !== OP_QUERY) throw new Error(`No such operation is known: ${opcode}.`);
  // Flags, the collection's name with its end, how many to skip and to return.
  const start = frame.indexOf(0, HEADER + 4) + 1 + 8;
  const lead = Buffer.alloc(20);
  lead.writeInt32LE(1, 16);
  return framed(requestId, OP_REPLY, lead, answerTo(BSON.deserialize(frame.subarray(start))));
}

createServer((socket) => {
  let rest = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      socket.write(reply(rest.subarray(0, length)));
      rest = rest.subarray(length);
    }
  });
}).listen(port, '127.0.0.1', () => process.stdout.write('Waiting for connections\n'));
