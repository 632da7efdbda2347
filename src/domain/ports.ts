import type { ConversationStore } from './conversationPort.js';
import type { InTurn } from './inTurn.js';
import type { DecisionStore, NodeStore, ParameterStore, SymbolStore } from './learningPorts.js';

export type * from './conversationPort.js';
export type * from './learningPorts.js';

/** Wake-ups: "look again at this conversation". They may be lost, repeated or late; the store is the truth. */
export interface Bus {
  /**
   * `revision`, where it is known, spares a look to a reader that has seen that one. Without a `userId` it
   * is found out, once, whose conversation it is.
   */
  publish(conversationId: string, revision?: number | null, userId?: string | null): void;
  /** Any conversation may have changed. */
  wakeAll(): void;
  /**
   * Calls back on each wake-up; an id of null means any conversation may have changed. A user of null is not known yet:
   * another call comes once it is. Returns what ends it.
   */
  subscribe(listener: WakeUp): () => void;
}

/** Hears that a conversation may have changed: see `Bus.subscribe` for what null means. */
export type WakeUp = (conversationId: string | null, revision: number | null, userId: string | null) => void;

/** The time of this process. */
export interface Clock {
  /** Never goes back or jumps while the process lives, whatever the machine's clock is set to. */
  now(): Date;
}

/** All that the commands need of the world. */
export interface Ports {
  conversations: ConversationStore;
  decisions: DecisionStore;
  nodes: NodeStore;
  parameters: ParameterStore;
  symbols: SymbolStore;
  bus: Bus;
  clock: Clock;
  /** Spares writers of the same document their races within this process; those with other processes remain. */
  inTurn: InTurn;
  /** For looking through a long history: one at a time for each user, so that others are answered in between. */
  longInTurn: InTurn;
  /** A new unique id, 24 hex digits, later ones greater. */
  newId(): string;
  /** Tells the operator of a failure that the caller is not told of, since the work is done later by itself. */
  report(error: unknown, doing: string): void;
}
