import { describe, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { type Cast, decide } from '../voting/decide.js';
import { approved, settings, UNDECIDED } from './changes.js';
import { feedback } from './node.js';

const running = useApp();
const USER = '00000000000000000000face';
const USUAL = { version: 1, quorum: 50, rule: 'LOG_ODDS', minConfidence: 0, weights: [] };
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

/** One sure, two unsure: by evidence for the one, by heads for the two. */
const SPLIT: Cast[] = [
  ['a', 'BUY', 90],
  ['b', 'SELL', 20],
  ['c', 'SELL', 20],
];
const ALL_BUY = SPLIT.map(([name]): Cast => [name, 'BUY', 70]);

const NO_EVIDENCE = {
  decisions: 0,
  n: 0,
  changed: 0,
  successDifference: {
    value: null,
    low: null,
    high: null,
    n: 0,
    changed: 0,
    reason: 'NOT_ENOUGH_DATA',
    needed: 1,
  },
  pnlDifference: {
    value: null,
    low: null,
    high: null,
    n: 0,
    changed: 0,
    reason: 'NOT_ENOUGH_DATA',
    needed: 20,
  },
};

test('a node goes by the usual parameters until a change is approved', async () => {
  const { inForce, propose } = settings(running.app);
  const node = id();
  expect(await inForce(node)).toEqual(USUAL);
  await propose(node, 'quorum', 60);
  expect(await inForce(node)).toEqual(USUAL);
});

describe('a proposal', () => {
  test('says what it would have meant for the decisions before', async () => {
    const { app } = running;
    const userNodeId = id();
    // Decided before anything is learned, so that the sure one wins each time.
    const { decision: lost } = await decide(app, SPLIT, { userNodeId });
    const { decision: won } = await decide(app, SPLIT, { userNodeId });
    await decide(app, SPLIT, { userNodeId });
    const { decision: agreed } = await decide(app, ALL_BUY, { userNodeId });
    await feedback(app, lost.id, { success: false, pnl: -10 });
    await feedback(app, won.id, { success: true, pnl: 30 });
    await feedback(app, agreed.id, { success: true, pnl: 5 });
    const answer = await settings(app).propose(userNodeId, 'rule', 'MAJORITY', 'Heads know more.');
    // One of the two that would have been another got better: Wilson's interval of 1 in 2 is 0.0945 to 0.9055.
    const about = (value: number) => expect.closeTo(value, 3);
    expect(answer).toEqual({
      duplicate: false,
      userErrors: [],
      parameterChange: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        userNodeId,
        path: 'rule',
        from: 'LOG_ODDS',
        to: 'MAJORITY',
        reason: 'Heads know more.',
        status: 'PROPOSED',
        proposedBy: USER,
        proposedAt: TIME,
        ...UNDECIDED,
        decision: null,
        evidence: {
          decisions: 4,
          n: 3,
          changed: 3,
          successDifference: {
            value: 0,
            low: about(-0.5406),
            high: about(0.5406),
            n: 3,
            changed: 2,
            reason: null,
            needed: 1,
          },
          // +20 for the one and −60 for the other.
          pnlDifference: {
            value: -40,
            low: null,
            high: null,
            n: 3,
            changed: 2,
            reason: 'NOT_ENOUGH_DATA',
            needed: 20,
          },
        },
      },
    });
  });

  test('has no numbers where nothing was decided yet', async () => {
    const { parameterChange } = await settings(running.app).propose(id(), 'agents.a.weight', 0);
    expect(parameterChange).toMatchObject({ from: null, to: 0, evidence: NO_EVIDENCE });
  });

  test('of a default weight is counted with those ballots that had one', async () => {
    const userNodeId = id();
    await decide(running.app, SPLIT, { userNodeId });
    await decide(running.app, [['a', 'BUY', 90, 1], ...SPLIT.slice(1)], { userNodeId });
    const agents = SPLIT.map(([agentName]) => ({ agentName, weight: 1 }));
    await decide(running.app, SPLIT, { userNodeId, totalAgents: null, agents });
    const { parameterChange } = await settings(running.app).propose(userNodeId, 'agents.a.weight', 0);
    expect(parameterChange.evidence).toMatchObject({ decisions: 3, n: 0, changed: 1 });
  });

  test('said again is the same one, until it is decided; for another reason it is another', async () => {
    const { propose, decideOn } = settings(running.app);
    const node = id();
    const first = await propose(node, 'quorum', 60, 'Surer.');
    expect(await propose(node.toUpperCase(), 'quorum', 60, 'Surer.')).toEqual({ ...first, duplicate: true });
    const other = await propose(node, 'quorum', 60, 'Calmer.');
    await decideOn(first.parameterChange.id, 'REJECT');
    const anew = await propose(node, 'quorum', 60, 'Surer.');
    const ids = [first, other, anew].map(({ parameterChange }) => parameterChange.id);
    expect([new Set(ids).size, other.duplicate, anew.duplicate]).toEqual([3, false, false]);
  });

  test('that is rejected changes nothing', async () => {
    const { propose, decideOn, inForce } = settings(running.app);
    const node = id();
    const { parameterChange } = await propose(node, 'min_confidence', 55);
    expect(await decideOn(parameterChange.id, 'REJECT', 'Not yet.')).toEqual({
      duplicate: false,
      userErrors: [],
      parameterChange: {
        ...parameterChange,
        status: 'REJECTED',
        decidedBy: USER,
        decidedAt: TIME,
        comment: 'Not yet.',
      },
    });
    expect(await inForce(node)).toEqual(USUAL);
  });
});

describe('an approved change', () => {
  test('is in force, each with a version of its own', async () => {
    const { propose, decideOn, inForce } = settings(running.app);
    const node = id();
    const { parameterChange } = await propose(node, 'quorum', 100);
    expect(await decideOn(parameterChange.id.toUpperCase(), 'APPROVE', 'All of them.')).toEqual({
      duplicate: false,
      userErrors: [],
      parameterChange: {
        ...parameterChange,
        status: 'APPROVED',
        decidedBy: USER,
        decidedAt: TIME,
        comment: 'All of them.',
        version: 2,
      },
    });
    expect(await inForce(node)).toEqual({ ...USUAL, version: 2, quorum: 100 });
    await approved(running.app, node, 'rule', 'HEDGE');
    await approved(running.app, node, 'min_confidence', 100);
    await approved(running.app, node, 'agents.b.weight', 0);
    expect((await approved(running.app, node, 'agents.a.weight', 100)).version).toBe(6);
    const weights = [
      { agentName: 'a', weight: 100 },
      { agentName: 'b', weight: 0 },
    ];
    const all = { version: 6, quorum: 100, rule: 'HEDGE', minConfidence: 100, weights };
    expect(await inForce(node.toUpperCase())).toEqual(all);
    await approved(running.app, node, 'agents.a.weight', null);
    expect(await inForce(node)).toEqual({ ...all, version: 7, weights: weights.slice(1) });
    expect(await inForce(id())).toEqual(USUAL);
  });
});

describe('a change that is rolled back', () => {
  test('brings the former value back with a new version, and leaves what else was changed', async () => {
    const { decideOn, inForce } = settings(running.app);
    const node = id();
    const quorum = await approved(running.app, node, 'quorum', 60);
    await approved(running.app, node, 'rule', 'MAJORITY');
    expect(await decideOn(quorum.id, 'ROLL_BACK', 'Too few spoke.')).toEqual({
      duplicate: false,
      userErrors: [],
      parameterChange: {
        ...quorum,
        status: 'ROLLED_BACK',
        rolledBackBy: USER,
        rolledBackAt: TIME,
        rolledBackComment: 'Too few spoke.',
        rolledBackVersion: 4,
      },
    });
    expect(await inForce(node)).toEqual({ ...USUAL, version: 4, rule: 'MAJORITY' });
  });

  test.each([
    ['rule', 'HEDGE'],
    ['min_confidence', 70],
    ['agents.a.weight', 3],
  ])('of %s leaves nothing of it', async (path, to) => {
    const { decideOn, inForce } = settings(running.app);
    const node = id();
    const change = await approved(running.app, node, path, to);
    const { parameterChange } = await decideOn(change.id, 'ROLL_BACK');
    expect(parameterChange).toMatchObject({ version: 2, rolledBackVersion: 3, rolledBackComment: null });
    expect(await inForce(node)).toEqual({ ...USUAL, version: 3 });
  });

  test('keeps the words of its approval beside those it is rolled back with', async () => {
    const { propose, decideOn } = settings(running.app);
    const { parameterChange } = await propose(id(), 'quorum', 60);
    await decideOn(parameterChange.id, 'APPROVE', 'For a week.');
    const { parameterChange: back } = await decideOn(parameterChange.id, 'ROLL_BACK', 'It is over.');
    expect([back.comment, back.rolledBackComment]).toEqual(['For a week.', 'It is over.']);
  });

  test('may be proposed anew', async () => {
    const { decideOn, inForce } = settings(running.app);
    const node = id();
    const first = await approved(running.app, node, 'quorum', 60);
    await decideOn(first.id, 'ROLL_BACK');
    const second = await approved(running.app, node, 'quorum', 60);
    expect([second.from, second.to, second.version]).toEqual([50, 60, 4]);
    expect(await inForce(node)).toEqual({ ...USUAL, version: 4, quorum: 60 });
  });
});
