import fc from 'fast-check';
import { type NodeRecord, newAgent } from '../../src/domain/node.js';
import type { Ballot } from '../../src/domain/voting.js';
import type { TradeAction } from '../../src/domain/tradeAction.js';
import { abstention, ballot, nodeAt } from './builders.js';

export const anyAction = fc.constantFrom<TradeAction[]>('buy', 'sell', 'hold');
export const anyConfidence = fc.integer({ min: 0, max: 100 });
const anyWeight = fc.integer({ min: 0, max: 100 });

export const anyBallot = (agentName: string, weight: fc.Arbitrary<number> = anyWeight) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(anyAction, anyConfidence, weight)
        .map(([action, confidence, own]) => ballot(agentName, action, confidence, own)),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('abstained' as const, 'timed_out' as const)
        .map((why) => abstention(agentName, why)),
    },
  );

/** One ballot each of `agent_0`, `agent_1` … */
export const ballotsBy = (weight?: fc.Arbitrary<number>) =>
  fc
    .integer({ min: 1, max: 12 })
    .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => anyBallot(`agent_${i}`, weight))))
    .map((ballots): Ballot[] => ballots);

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** A node that knows some of these agents, each by 60 cases. */
export const anyNode = fc
  .array(fc.tuple(share, share, fc.double({ min: -60, max: 60, noNaN: true })), { maxLength: 12 })
  .map(
    (records): NodeRecord => ({
      ...nodeAt(50),
      agents: records.map(([o, c, r], i) => ({
        ...newAgent(`agent_${i}`),
        n: 60,
        o: 60 * o,
        c: 60 * c,
        cc: 60 * c * c,
        co: 60 * c * o,
        r,
      })),
    }),
  );
