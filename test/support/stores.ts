import type { Db } from 'mongodb';
import { toolPorts } from '../../scripts/toolPorts.js';
import type { Ports } from '../../src/domain/ports.js';

/** The real ports on a database, for what is no operation of the API; what is to be reported is thrown. */
export const portsOn = (db: Db): Ports =>
  toolPorts(db, (error) => {
    throw error;
  });
