// Stands in for Electron's main process and page around the built engine: node engine-driver.ts ENGINE DATA.
// Prints what the engine says and answers, a line of JSON each.
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

const [engine = '', dataDir = ''] = process.argv.slice(2);
const query = { queue: 'inbox', filters: {}, sort: { by: 'waiting', direction: 'asc' } };
const calls = [
  { t: 'call', id: 1, method: 'app.info', input: {} },
  { t: 'call', id: 2, method: 'list.open', input: { query, limit: 5 } },
  { t: 'call', id: 3, method: 'constructor', input: {} },
];

function print(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** A Node port as Electron's processes have it: messages come as `event.data`. */
function asElectronPort(port: MessagePort): object {
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    on: (event: string, listener: (event?: { data: unknown }) => void) =>
      port.on(event, event === 'message' ? (data: unknown) => listener({ data }) : () => listener()),
    start: () => port.start(),
    close: () => port.close(),
  };
}

class Parent extends EventEmitter {
  postMessage(message: { type: string }): void {
    print(message);
    if (message.type === 'ready') this.page();
    if (message.type === 'failed') this.emit('message', { data: { type: 'stop' }, ports: [] });
  }
  page(): void {
    const { port1, port2 } = new MessageChannel();
    this.emit('message', { data: { type: 'connect' }, ports: [asElectronPort(port2)] });
    let answers = 0;
    port1.on('message', (message: unknown) => {
      print(message);
      answers += 1;
      if (answers < calls.length) return;
      print({ type: 'resources', open: process.getActiveResourcesInfo() });
      this.emit('message', { data: { type: 'stop' }, ports: [] });
    });
    for (const call of calls) port1.postMessage(call);
  }
}

const parent = new Parent();
Object.assign(process, { parentPort: parent });
await import(pathToFileURL(engine).href);
parent.emit('message', { data: { type: 'start', dataDir, version: '9.9.9', remote: null }, ports: [] });
