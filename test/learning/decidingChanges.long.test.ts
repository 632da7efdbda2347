import { describe, expect, test } from '@jest/globals';
import { badId, invalid, refusal } from '../input/refusals.js';
import { id, startTestApp, useApp } from '../support/app.js';
import { createClient } from '../support/client.js';
import { AUTH, mint } from '../support/tokens.js';
import { approved, type Decision, settings } from './changes.js';
import { decided, feedback } from './node.js';

const running = useApp();
const USUAL = { version: 1, quorum: 50, rule: 'LOG_ODDS', minConfidence: 0, weights: [] };

/** A change of a new node to which all of this was done. */
async function changeThatWas(...steps: Decision[]) {
  const { propose, decideOn } = settings(running.app);
  let { parameterChange } = await propose(id(), 'quorum', 60);
  for (const step of steps) ({ parameterChange } = await decideOn(parameterChange.id, step));
  return parameterChange;
}

describe('decided again', () => {
  test.each<[Decision, ...Decision[]]>([['APPROVE'], ['REJECT'], ['ROLL_BACK', 'APPROVE']])(
    'the same way, %s, a change answers the same and nothing is changed',
    async (again, ...before) => {
      const { decideOn, inForce } = settings(running.app);
      const change = await changeThatWas(...before, again);
      const parameters = await inForce(change.userNodeId);
      const answer = { duplicate: true, userErrors: [], parameterChange: change };
      expect(await decideOn(change.id, again)).toEqual(answer);
      expect(await decideOn(change.id, again, 'In other words.')).toEqual(answer);
      expect(await inForce(change.userNodeId)).toEqual(parameters);
    },
  );

  test.each<[status: string, before: Decision[], then: Decision, rule: string]>([
    ['PROPOSED', [], 'ROLL_BACK', 'APPROVED to roll back'],
    ['APPROVED', ['APPROVE'], 'REJECT', 'PROPOSED to reject'],
    ['REJECTED', ['REJECT'], 'APPROVE', 'PROPOSED to approve'],
    ['REJECTED', ['REJECT'], 'ROLL_BACK', 'APPROVED to roll back'],
    ['ROLLED_BACK', ['APPROVE', 'ROLL_BACK'], 'APPROVE', 'PROPOSED to approve'],
    ['ROLLED_BACK', ['APPROVE', 'ROLL_BACK'], 'REJECT', 'PROPOSED to reject'],
  ])(
    'another way, a change that is %s, after %j, is in conflict with %s',
    async (status, before, then, rule) => {
      const { decideOn, inForce } = settings(running.app);
      const change = await changeThatWas(...before);
      const parameters = await inForce(change.userNodeId);
      const message = `Expected a change that is ${rule}, got one that is ${status}.`;
      expect(await decideOn(change.id, then)).toEqual({
        duplicate: false,
        userErrors: [refusal('CONFLICT', 'decision', message)],
        parameterChange: change,
      });
      expect(await inForce(change.userNodeId)).toEqual(parameters);
    },
  );
});

describe('a parameter that changed in between', () => {
  test('is not approved over, until it is what the change was proposed from', async () => {
    const { propose, decideOn, inForce } = settings(running.app);
    const node = id();
    const { parameterChange: second } = await propose(node, 'quorum', 70);
    const first = await approved(running.app, node, 'quorum', 60);
    const message = 'Expected `quorum` to be 50 still, got 60 in version 2.';
    expect(await decideOn(second.id, 'APPROVE')).toEqual({
      duplicate: false,
      userErrors: [refusal('CONFLICT', 'changeId', message)],
      parameterChange: second,
    });
    expect(await inForce(node)).toEqual({ ...USUAL, version: 2, quorum: 60 });
    await decideOn(first.id, 'ROLL_BACK');
    expect((await decideOn(second.id, 'APPROVE')).parameterChange.version).toBe(4);
    expect(await inForce(node)).toEqual({ ...USUAL, version: 4, quorum: 70 });
  });

  test('is not rolled back over', async () => {
    const { decideOn, inForce } = settings(running.app);
    const node = id();
    const first = await approved(running.app, node, 'agents.a.weight', 6);
    const second = await approved(running.app, node, 'agents.a.weight', null);
    const message = 'Expected `agents.a.weight` to be 6 still, got null in version 3.';
    expect(await decideOn(first.id, 'ROLL_BACK')).toEqual({
      duplicate: false,
      userErrors: [refusal('CONFLICT', 'changeId', message)],
      parameterChange: first,
    });
    await decideOn(second.id, 'ROLL_BACK');
    await decideOn(first.id, 'ROLL_BACK');
    expect(await inForce(node)).toEqual({ ...USUAL, version: 5 });
  });

  test('does not keep a change of it from being rejected', async () => {
    const { propose, decideOn } = settings(running.app);
    const node = id();
    const { parameterChange } = await propose(node, 'quorum', 70);
    await approved(running.app, node, 'quorum', 60);
    const { parameterChange: rejected } = await decideOn(parameterChange.id, 'REJECT');
    expect([rejected.status, rejected.version]).toEqual(['REJECTED', null]);
  });
});

describe('what is not there', () => {
  const none = (changeId: string) => ({
    duplicate: false,
    userErrors: [refusal('NOT_FOUND', 'changeId', `Expected a change that was proposed, got "${changeId}".`)],
    parameterChange: null,
  });

  test('is not decided, nor is what feedback changed by itself', async () => {
    const { decideOn, history } = settings(running.app);
    const { decisionId, userNodeId } = await decided(running.app, [['a', 'BUY', 80]]);
    await feedback(running.app, decisionId, { success: true });
    const { edges } = await history(userNodeId);
    const [applied] = edges[0].node.id.split('.');
    for (const changeId of [id(), applied])
      expect(await decideOn(changeId, 'APPROVE')).toEqual(none(changeId));
    expect(await decideOn(edges[0].node.id, 'APPROVE')).toEqual({
      duplicate: false,
      userErrors: [invalid('changeId', badId('changeId', edges[0].node.id))],
      parameterChange: null,
    });
  });

  test('is another user’s, whatever is decided of it', async () => {
    const app = await startTestApp(running.database, { auth: AUTH });
    const as = async (sub: string) => createClient(app.url, await mint({ sub, scope: 'read write admin' }));
    const [owner, stranger] = [id(), id()];
    const own = settings({ ...app, ...(await as(owner)) });
    const theirs = settings({ ...app, ...(await as(stranger)) });
    const node = id();
    const { parameterChange } = await own.propose(node, 'quorum', 60);
    for (const decision of ['APPROVE', 'REJECT', 'ROLL_BACK'] as const) {
      expect(await theirs.decideOn(parameterChange.id, decision)).toEqual(none(parameterChange.id));
    }
    const { parameterChange: change } = await own.decideOn(parameterChange.id, 'APPROVE');
    expect([change.status, change.proposedBy, change.decidedBy]).toEqual(['APPROVED', owner, owner]);
    expect([await own.inForce(node), await theirs.inForce(node)]).toEqual([
      { ...USUAL, version: 2, quorum: 60 },
      USUAL,
    ]);
    expect((await theirs.history(node)).edges).toEqual([]);
    await app.stop();
  });
});

describe('approvals that race through two processes', () => {
  test('of several changes are all in force, each with a version of its own', async () => {
    const other = await startTestApp(running.database);
    const apps = [settings(running.app), settings(other)] as const;
    const node = id();
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const proposals = await Promise.all(
      names.map((name, i) => apps[0].propose(node, `agents.${name}.weight`, 10 + i)),
    );
    const answers = await Promise.all(
      proposals.map(({ parameterChange: { id: changeId } }, i) =>
        (i % 2 === 0 ? apps[0] : apps[1]).decideOn(changeId, 'APPROVE'),
      ),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const versions = answers.map(({ parameterChange }) => parameterChange.version);
    expect(versions.sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    const weights = names.map((agentName, i) => ({ agentName, weight: 10 + i }));
    for (const { inForce } of apps) expect(await inForce(node)).toEqual({ ...USUAL, version: 9, weights });
    await other.stop();
  });

  test('of one change bring it into force once, and of two that exclude each other one', async () => {
    const other = await startTestApp(running.database);
    const [here, there] = [settings(running.app), settings(other)];
    const node = id();
    const { parameterChange: first } = await here.propose(node, 'quorum', 60);
    const both = await Promise.all([here, there].map(({ decideOn }) => decideOn(first.id, 'APPROVE')));
    expect(both.map(({ duplicate }) => duplicate).sort()).toEqual([false, true]);
    expect(both.map(({ parameterChange }) => parameterChange.version)).toEqual([2, 2]);
    const rivals = await Promise.all([70, 80].map((to) => here.propose(node, 'quorum', to)));
    const answers = await Promise.all(
      [here, there].map(({ decideOn }, i) => decideOn(rivals[i].parameterChange.id, 'APPROVE')),
    );
    expect(answers.map(({ userErrors }) => userErrors.map(({ code }: any) => code)).sort()).toEqual([
      [],
      ['CONFLICT'],
    ]);
    const won = answers.find(({ userErrors }) => userErrors.length === 0)?.parameterChange;
    expect(await there.inForce(node)).toEqual({ ...USUAL, version: 3, quorum: won.to });
    await other.stop();
  });
});
