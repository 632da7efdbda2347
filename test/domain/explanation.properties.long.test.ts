import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PivotalAgent } from '../../src/domain/explanation.js';
import { type NodeRecord, newAgent } from '../../src/domain/node.js';
import { RULES, type RuleName } from '../../src/domain/rules.js';
import { addCase, emptySums, factorAt } from '../../src/domain/sums.js';
import type { Ballot } from '../../src/domain/voting.js';
import { TRADE_ACTIONS, type TradeAction } from '../../src/domain/tradeAction.js';
import { ballot, count, nodeAt, randomFrom } from './builders.js';
import { completed, explained, type Way } from './explaining.js';

interface Swarm {
  ballots: Ballot[];
  way: Required<Way>;
}

const settle = ({ way: { node, totalAgents, quorum, rule } }: Swarm, ballots: Ballot[]) =>
  count(ballots, node, totalAgents, quorum, rule).consensus;

/** Every single change counted anew as a vote of its own, the slow way. */
function bruteForce(swarm: Swarm): PivotalAgent[] {
  const { ballots } = swarm;
  const { action } = settle(swarm, ballots);
  return ballots
    .map((own, at) => {
      const changes = [...TRADE_ACTIONS, null].flatMap((vote: TradeAction | null) => {
        if (vote === own.action) return [];
        const changed: Ballot =
          vote === null
            ? { ...own, action: null, confidence: null, abstention: 'abstained' }
            : { ...own, action: vote };
        const instead = settle(swarm, ballots.with(at, changed));
        return instead.action === action ? [] : [{ vote, action: instead.action, reason: instead.reason }];
      });
      return { agentName: own.agentName, changes };
    })
    .filter(({ changes }, at) => {
      const { action: cast, weight = 0 } = ballots[at] ?? {};
      return cast !== null && weight > 0 && changes.length > 0;
    })
    .sort((a, b) => (a.agentName < b.agentName ? -1 : 1));
}

const NAMES = ['z', 'Bo', 'a', '__proto__', 'é', 'b2', 'b10', 'M', 'constructor', 'c', '_', 'k'];

const CONFIDENCES = { plain: [0, 20, 60, 60, 80], meek: [0, 0, 0, 0, 20] };

/** Of few different weights and confidences come ties, of the meek votes that plain weight decides. */
const anySwarm = fc
  .record({
    seed: fc.nat(),
    size: fc.integer({ min: 1, max: NAMES.length }),
    kind: fc.constantFrom('any' as const, 'plain' as const, 'meek' as const),
    isKnown: fc.boolean(),
    silent: fc.integer({ min: 0, max: 4 }),
    quorum: fc.integer({ min: 1, max: 100 }),
    rule: fc.constantFrom(...(Object.keys(RULES) as RuleName[])),
  })
  .map(({ seed, size, kind, isKnown, silent, quorum, rule }): Swarm => {
    const random = randomFrom(seed);
    const whole = (below: number): number => Math.floor(random() * below);
    const weightOf = () => (kind === 'any' ? whole(101) : whole(4));
    const confidenceOf = () => (kind === 'any' ? whole(101) : (CONFIDENCES[kind][whole(5)] ?? 0));
    const ballots = NAMES.slice(0, size).map((name): Ballot => {
      const cast = ballot(name, TRADE_ACTIONS[whole(3)] ?? 'hold', confidenceOf(), weightOf());
      return random() < 0.15 ? { ...cast, action: null, confidence: null, abstention: 'no_data' } : cast;
    });
    const node = isKnown ? knowing(random) : nodeAt(1);
    return { ballots, way: { node, totalAgents: size + silent, quorum, rule: RULES[rule] } };
  });

/** After 60 decisions that each agent was in, with a skill of its own. */
function knowing(random: () => number): NodeRecord {
  const agents = NAMES.slice(0, 8).map((agentName) => {
    const skill = random();
    let sums = emptySums();
    for (let seq = 1; seq <= 60; seq++) {
      const votes = {
        c: Math.round(100 * random()) / 100,
        o: bit(random() < skill),
        ok: bit(random() < 0.5),
      };
      sums = addCase(sums, votes, factorAt(seq, 0, 100), 1);
    }
    return { ...newAgent(agentName), ...sums };
  });
  return { ...nodeAt(61), agents };
}

const bit = (is: boolean): 0 | 1 => (is ? 1 : 0);

test('pivotal agents are all whose single change changes the action, whatever the swarm', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(anySwarm, (swarm) => {
      const told = explained(swarm.ballots, swarm.way);
      expect(told?.pivotalAgents).toEqual(bruteForce(swarm));
      const { reason } = settle(swarm, swarm.ballots);
      const changed = told?.pivotalAgents.flatMap(({ changes }) => changes.map((one) => `to ${one.reason}`));
      for (const what of [reason, ...(changed ?? [])]) seen.set(what, (seen.get(what) ?? 0) + 1);
    }),
    { numRuns: 1_800 },
  );
  // The swarms are such that nothing goes unproven: ties are the rarest, about 45 of these.
  const reasons = ['evidence', 'plurality', 'tie', 'no_quorum'].flatMap((reason) => [reason, `to ${reason}`]);
  expect(reasons.filter((reason) => (seen.get(reason) ?? 0) < 10)).toEqual([]);
});

test('what is told adds up, whatever the swarm', () => {
  fc.assert(
    fc.property(anySwarm, ({ ballots, way }) => {
      const vote = completed(ballots, way);
      const told = explained(ballots, way);
      if (told === null || vote.consensus === null) throw new Error('Expected a complete vote.');
      const { agents, scores, runnerUp, margin, dissenters, raw } = told;
      const { action, agreement, reason } = vote.consensus;
      const behind = agents.filter((one) => one.action === action).map(({ agentName }) => agentName);
      expect(told.agreementByWeight).toBe(agreement);
      expect(told.agreementByHeads).toBe(
        agents.length === 0 ? 0 : Math.round((100 * behind.length) / agents.length),
      );
      expect([...behind, ...dissenters].sort()).toEqual(agents.map(({ agentName }) => agentName).sort());
      const shares = agents.reduce((sum, { share }) => sum + share, 0);
      expect(shares).toBeCloseTo(agents.length === 0 ? 0 : 1, 9);
      for (const each of TRADE_ACTIONS) {
        const own = agents
          .filter((one) => one.action === each)
          .reduce((sum, { evidence }) => sum + evidence, 0);
        expect(scores[each] / Math.max(1, own)).toBeCloseTo(own / Math.max(1, own), 9);
      }
      expect(raw).toBe(vote.basis?.raw);
      expect(runnerUp).not.toBe(action);
      if (runnerUp !== null) expect(agents.map((one) => one.action)).toContain(runnerUp);
      if (reason === 'no_quorum') return expect([runnerUp, margin]).toEqual([null, null]);
      if (reason === 'tie') return expect([runnerUp === null, margin]).toEqual([false, 0]);
      expect(margin).toBeGreaterThan(0);
      if (runnerUp !== null) expect(dissenters.length).toBeGreaterThan(0);
      if (reason === 'evidence' && runnerUp !== null) expect(margin).toBe(scores[action] - scores[runnerUp]);
    }),
    { numRuns: 500 },
  );
});

test('50 ballots are explained in less time than 100 counts of them take', () => {
  const random = randomFrom(7);
  const votes = Array.from({ length: 50 }, (_, i) =>
    ballot(`agent_${i}`, TRADE_ACTIONS[i % 3] ?? 'hold', Math.floor(100 * random()), 1 + (i % 7)),
  );
  const medianOf = (work: () => unknown): number => {
    const tookMs = Array.from({ length: 60 }, () => {
      const startedMs = performance.now();
      work();
      return performance.now() - startedMs;
    });
    return tookMs.sort((a, b) => a - b)[30] ?? 0;
  };
  const explaining = medianOf(() => explained(votes));
  const counting = medianOf(() => count(votes));
  expect(explaining).toBeLessThan(100 * counting);
});
