import type { Db } from 'mongodb';
import type { Ports } from '../domain/ports.js';
import { conversationStore } from './conversations.js';
import { decisionStore } from './decisions.js';
import { nodeStore } from './nodes.js';
import { parameterStore } from './parameterChanges.js';
import { symbolStore } from './symbols.js';

/** All that is kept in the database. `report` is told of failures that a later write makes up for. */
export const createStores = (
  db: Db,
  report: Ports['report'],
): Pick<Ports, 'conversations' | 'decisions' | 'nodes' | 'parameters' | 'symbols'> => ({
  conversations: conversationStore(db, report),
  decisions: decisionStore(db),
  nodes: nodeStore(db),
  parameters: parameterStore(db),
  symbols: symbolStore(db),
});
