import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MongoClient, ObjectId } from 'mongodb';
import { id, useApp } from '../support/app.js';
import { flow, startInput } from '../support/scenario.js';
import { type Cast, decide } from '../voting/decide.js';
import { feedback } from './node.js';

const running = useApp();
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 1 });
afterAll(() => client.close());

const BRIEF = /* GraphQL */ `
  query Brief($userNodeId: ID!, $symbol: String!, $agentName: String, $asOf: DateTime, $asOfSeq: Int) {
    decisionBrief(userNodeId: $userNodeId, symbol: $symbol, agentName: $agentName, asOf: $asOf, asOfSeq: $asOfSeq) {
      isEmpty didYouMean text agentGap
      openDecisions { ...Told }
      lastOutcomes { ...Told }
      lessons { lesson count source text }
      agent { agentName evaluatedVotes hitRate { value n } brier learnedWeight pnlAttributed edge recentHitRate streak slices(by: ACTION) { key evaluatedVotes } weightHistory { seq n learnedWeight } nearNames }
    }
  }
  fragment Told on DecisionLog {
    seq revision outcome { success pnl } learning { wasCorrect confidenceAccuracy lessonsLearned parametersToAdjust { path to } }
    feedback { revision outcome { pnl } }
    conversation { status lastSeq outcome { executed } messages { totalCount edges { node { seq } } } swarmVote { consensus { action } lateVotes { agentName } } }
  }
`;

let node: string;
beforeEach(() => {
  node = id();
});

const ask = async (input: Record<string, unknown> = {}) =>
  (await running.app.data(BRIEF, { userNodeId: node, symbol: 'SPX', agentName: 'a', ...input }))
    .decisionBrief;

const VOTES: Cast[] = [
  ['a', 'BUY', 80],
  ['b', 'SELL', 60],
];
const decided = (input: object = {}) => decide(running.app, VOTES, { userNodeId: node, ...input });

const START_AT = /* GraphQL */ `
  mutation StartAt($input: StartConversationInput!) { startConversation(input: $input) { conversation { createdAt } } }
`;

/** An instant by the server's clock: after all that was answered so far, and a write before all that is asked for later. */
const now = async (): Promise<string> =>
  (await running.app.data(START_AT, { input: startInput() })).startConversation.conversation.createdAt;

/** The brief as it was read, and the instant right after. */
async function read() {
  const brief = await ask();
  return { brief, asOf: await now() };
}

/** Equal but for how far sums that were added up in another order may differ. */
const near = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, one: unknown) =>
    typeof one === 'number' ? Math.round(one * 1e9) / 1e9 : one,
  );

const OUTCOME = /* GraphQL */ `
  mutation Outcome($input: RecordOutcomeInput!) { recordOutcome(input: $input) { userErrors { code } } }
`;

describe('a brief as of an instant', () => {
  test('is what was told then, whatever was decided, recorded, corrected or learned since', async () => {
    const steps: (() => Promise<unknown>)[] = [];
    const first = await decided();
    const step = (work: () => Promise<unknown>) => void steps.push(work);
    step(() =>
      feedback(running.app, first.decision.id, {
        success: true,
        pnl: 5,
        lessonsLearned: ['Earlier.'],
        source: 'HUMAN',
      }),
    );
    step(() =>
      feedback(running.app, first.decision.id, { success: false, pnl: -7, lessonsLearned: ['Corrected.'] }),
    );
    step(() => decided());
    step(() => decided({ symbol: 'spx' }));
    step(async () => feedback(running.app, (await decided()).decision.id, { success: true, pnl: 3 }));
    step(() =>
      feedback(running.app, first.decision.id, { success: true, pnl: 9, lessonsLearned: ['Later.'] }),
    );
    const seen = [await read()];
    for (const work of steps) {
      await work();
      seen.push(await read());
    }
    await running.app.data(OUTCOME, {
      input: { executionId: first.executionId, executed: true, action: 'BUY' },
    });
    expect(seen[1]?.brief.text).toContain('Earlier.');
    for (const { brief, asOf } of seen) expect(near(await ask({ asOf }))).toEqual(near(brief));
    expect((await ask()).lastOutcomes[1].conversation.outcome).toEqual({ executed: true });
  });

  test('knows nothing before the first decision, and all of it now', async () => {
    const asOf = await now();
    const { decision } = await decided();
    await feedback(running.app, decision.id, { success: true, lessonsLearned: ['Later.'] });
    expect(await ask({ asOf })).toMatchObject({
      isEmpty: true,
      text: 'Nothing is on record for SPX.',
      openDecisions: [],
      lastOutcomes: [],
      lessons: [],
      agent: null,
      agentGap: null,
    });
    expect(near(await ask({ asOf: await now() }))).toEqual(near(await ask()));
  });

  test('is the same right after the decision of a number', async () => {
    const first = await decided();
    await decided();
    const asOfSeq = (await ask()).openDecisions[1].seq;
    await feedback(running.app, first.decision.id, { success: true });
    const then = await ask({ asOfSeq });
    expect([then.openDecisions.map(({ seq }: any) => seq), then.lastOutcomes]).toEqual([[asOfSeq], []]);
  });

  test('shows decisions, and what decided them, under ids of their own', async () => {
    const { executionId, decision } = await decided({ keepLate: true });
    await flow(running.app).vote(executionId, 'c', { action: 'SELL', confidence: 60 });
    const asOf = await now();
    await feedback(running.app, decision.id, { success: true });
    const { decisionBrief } = await running.app.data(
      `query Ids($userNodeId: ID!, $asOf: DateTime) {
        decisionBrief(userNodeId: $userNodeId, symbol: "SPX", asOf: $asOf) {
          openDecisions { id conversation { id lastSeq decision { id } swarmVote { id lateVotes { agentName } } } }
        }
      }`,
      { userNodeId: node, asOf },
    );
    const [then] = decisionBrief.openDecisions;
    const own = new RegExp(`^[0-9a-f]{24}@${asOf}(\\.vote)?$`);
    expect(
      [then.id, then.conversation.id, then.conversation.swarmVote.id].every((one) => own.test(one)),
    ).toBe(true);
    expect(then.conversation).toMatchObject({ lastSeq: 3, decision: null, swarmVote: { lateVotes: [] } });
  });

  test('tells of feedback that an older version corrected what the caller said of it', async () => {
    const { decision } = await decided();
    await feedback(running.app, decision.id, { success: false, lessonsLearned: ['Mine.'] });
    const asOf = await now();
    await feedback(running.app, decision.id, { success: true, lessonsLearned: [] });
    const decisions = client.db(running.database).collection('ai_decisions_log');
    await decisions.updateOne({ _id: new ObjectId(decision.id) }, { $unset: { past_learning: 1 } });
    const [then] = (await ask({ asOf })).lastOutcomes;
    expect(then).toMatchObject({
      revision: 1,
      outcome: { success: false },
      learning: { wasCorrect: false, lessonsLearned: ['Mine.'] },
    });
  });

  test('does not tell a record that rests on too many decisions', async () => {
    const { decision } = await decided();
    await feedback(running.app, decision.id, { success: true });
    const decisions = client.db(running.database).collection('ai_decisions_log');
    await decisions.updateOne({ _id: new ObjectId(decision.id) }, { $set: { seq: 10_001 } });
    const brief = await ask({ asOf: await now() });
    expect(brief).toMatchObject({
      agent: null,
      agentGap: 'TOO_MANY_DECISIONS',
      lastOutcomes: [{ seq: 10_001 }],
    });
    expect(brief.text).toContain("The agent's own record of then rests on too many decisions to be told.");
  });

  test.each([
    [{ asOf: '2026-01-01T00:00:00Z', asOfSeq: 1 }, 'Expected `asOf` or `asOfSeq`, got both.'],
    [{ asOfSeq: 7 }, 'Expected `asOfSeq` to be the number of a decision of this node, got 7.'],
    [{ asOfSeq: -1 }, 'Expected `asOfSeq` to be the number of a decision of this node, got -1.'],
  ])('is refused for %j', async (input, message) => {
    const { errors } = await running.app.send(BRIEF, { userNodeId: node, symbol: 'SPX', ...input });
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
