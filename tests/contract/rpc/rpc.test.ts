import { rpcContract } from './rpc-contract.ts';
import { channelLine, memoryLine, socketLine } from './rpc-support.ts';

rpcContract('a line in memory', memoryLine);
rpcContract('a message channel', channelLine);
rpcContract('a WebSocket', socketLine);
