import { debuglog } from 'node:util';

/** Writes a line where `NODE_DEBUG=intercom-jwt` asks for it. */
export const debug = debuglog('intercom-jwt');
