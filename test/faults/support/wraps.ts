import type { Message } from '../../../src/domain/message.js';
import type { ConversationStore, DecisionStore, NewMessage, Ports } from '../../../src/domain/ports.js';
import { collectedHeapMib } from './memory.js';
import { createPoison } from './poison.js';
import { STORE_WRAPS } from './storeWraps.js';

/** What is put between the app and its real ports, in the app's own process. */
export interface Wrap {
  wrap(ports: Ports): Ports;
  /** What the harness can tell it while the app runs, see `AppProcess.command`. */
  commands?: Record<string, (...args: any[]) => unknown>;
}

/** By name, since they are chosen from another process. Each app gets one of its own. */
export const WRAPS: Readonly<Record<string, () => Wrap>> = {
  ...STORE_WRAPS,

  /** Nobody is woken: streams go by the poll alone. */
  'bus-off': () => ({
    wrap: (ports) => ({ ...ports, bus: { ...ports.bus, publish() {}, wakeAll() {} } }),
  }),

  /** What this process does itself wakes nobody in it: only the change stream and the poll do. */
  'own-wake-ups-off': () => ({
    wrap: (ports) => ({
      ...ports,
      bus: { ...ports.bus, publish: byOthersThan('/domain/', ports.bus.publish) },
    }),
  }),

  /** It dies when it has completed a vote and is about to log the decision, once `dieBeforeDecision` was said. */
  'die-before-decision': () => {
    let isArmed = false;
    return {
      wrap: withDecisionInsert((insert) => async (decision) => {
        if (!isArmed) return insert(decision);
        process.kill(process.pid, 'SIGKILL');
        return new Promise(() => {});
      }),
      commands: { dieBeforeDecision: () => void (isArmed = true) },
    };
  },

  /** Broken: each decision is logged again under another id. */
  'decisions-twice': () => ({
    wrap: (ports) =>
      withDecisionInsert((insert) => async (decision) => {
        await insert({ ...decision, id: ports.newId() });
        return insert(decision);
      })(ports),
  }),

  /** Each append waits for a second before it reaches the store. */
  'slow-appends': () => ({
    wrap: withAppend((append) => async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return append(...args);
    }),
  }),

  /** Appends wait from `hold` to `letGo`; `held` says how many do. */
  'held-appends': () => {
    let gate: Promise<void> | null = null;
    let open = () => {};
    let held = 0;
    return {
      wrap: withAppend((append) => async (...args) => {
        held += 1;
        await gate;
        held -= 1;
        return append(...args);
      }),
      commands: {
        hold: () => void (gate ??= new Promise((resolve) => (open = resolve))),
        letGo() {
          open();
          gate = null;
        },
        held: () => held,
      },
    };
  },

  /** Conversations that cannot be read, see there. */
  poison: createPoison,

  /** Changes nothing; `collectedHeap` answers the app's heap in MiB after a forced collection. */
  heap: () => ({ wrap: (ports) => ports, commands: { collectedHeap: collectedHeapMib } }),

  /** Broken: who has asked to be woken is kept for ever. */
  'endless-wakes': () => ({
    wrap: (ports) => ({
      ...ports,
      bus: {
        ...ports.bus,
        subscribe(listener) {
          ports.bus.subscribe(listener);
          return () => {};
        },
      },
    }),
  }),

  /** Broken: every tenth message is acknowledged and not stored. */
  'acknowledge-unstored': () => {
    let appends = 0;
    return {
      wrap: withAppend((append, store) => async (userId, executionId, message) => {
        appends += 1;
        if (appends % 10 !== 0) return append(userId, executionId, message);
        const found = await store.find(userId, { executionId });
        if (found === null) return null;
        const { id, lastSeq, revision } = found.conversation;
        return {
          message: pretend(executionId, message, lastSeq + 1),
          conversationId: id,
          revision,
          conversation: null,
        };
      }),
    };
  },

  /** `clocks` says what the process takes the time to be: the machine's, and the one that nobody can set. */
  'tell-clocks': () => ({
    wrap: (ports) => ports,
    commands: { clocks: () => ({ wallMs: Date.now(), steadyMs: performance.now() }) },
  }),

  /** Broken: goes by the machine's clock, whatever that is set to. */
  'wall-clock': () => ({
    wrap: (ports) => ({ ...ports, clock: { now: () => new Date() } }),
  }),
};

/** The change stream and the commands call the same function: only the caller's file tells which it is. */
const byOthersThan =
  (folder: string, publish: Ports['bus']['publish']): Ports['bus']['publish'] =>
  (...change) => {
    const caller = new Error().stack?.split('\n')[2] ?? '';
    if (!caller.includes(folder)) publish(...change);
  };

type InsertDecision = DecisionStore['insert'];

/** A wrap that changes how decisions are logged and nothing else. */
const withDecisionInsert =
  (change: (insert: InsertDecision) => InsertDecision) =>
  (ports: Ports): Ports => ({
    ...ports,
    decisions: { ...ports.decisions, insert: change(ports.decisions.insert) },
  });

type Append = ConversationStore['append'];

/** A wrap that changes how messages are appended and nothing else. */
export const withAppend =
  (change: (append: Append, store: ConversationStore) => Append) =>
  (ports: Ports): Ports => ({
    ...ports,
    conversations: {
      ...ports.conversations,
      append: change(ports.conversations.append, ports.conversations),
    },
  });

/** As the store would answer it. */
const pretend = (executionId: string, message: NewMessage, seq: number): Message => ({
  ...message.draft,
  id: message.id,
  executionId,
  seq,
  phase: message.phase ?? 'market_analysis',
  vote: null,
  status: 'in_time',
  timestamp: message.at,
  idempotencyKey: message.idempotencyKey,
  contentHash: message.contentHash,
});
