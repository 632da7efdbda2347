import { id, startConversation } from './api.js';
import { type Asking, ask } from './asking.js';
import { decisionInput, LOG_DECISION, RECORD_FEEDBACK } from './decisionKeys.js';
import { ADD_MESSAGE, messageInput, say } from './saying.js';

/** What the first tenant has, and the second one knows the names of. */
export interface Known {
  executionId: string;
  key: string;
  text: string;
  userNodeId: string;
  decisionId: string;
}

const LOOK = /* GraphQL */ `
  query Look($executionId: ID!, $decisionId: ID!, $userNodeId: ID!) {
    conversation(executionId: $executionId) { id }
    decision(id: $decisionId) { id }
    decisions(userNodeId: $userNodeId) { edges { node { id } } }
    learningStats(userNodeId: $userNodeId) { totalDecisions }
  }
`;

/** Another user says the same words under the same names: nothing is in its way, and nothing tells of the first. */
export async function tenantFaults(asking: Asking, known: Known): Promise<string[]> {
  const { executionId, key, text, userNodeId, decisionId } = known;
  const failures: string[] = [];
  const expect = (what: string, got: unknown, expected: unknown): void => {
    if (JSON.stringify(got) === JSON.stringify(expected)) return;
    failures.push(`Another user, ${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}.`);
  };
  const nothing = { ...known, executionId: id(), decisionId: id(), userNodeId: id() };
  /** What is answered on what is another's, and on what nobody has, up to the ids that were asked for. */
  const told = async (query: string, variables: (names: Known) => Record<string, unknown>) => {
    const answers = [known, nothing].map(async (names) => {
      const answer = JSON.stringify(await ask(asking, query, variables(names)));
      return answer
        .replaceAll(names.executionId, 'E')
        .replaceAll(names.decisionId, 'D')
        .replaceAll(names.userNodeId, 'N');
    });
    return Promise.all(answers);
  };
  const input = (names: Known, words: string) => ({ input: messageInput(names.executionId, key, words) });
  for (const [what, query, variables] of [
    ['looking', LOOK, (names: Known) => ({ ...names })],
    ['saying the same', ADD_MESSAGE, (names: Known) => input(names, text)],
    ['saying something else', ADD_MESSAGE, (names: Known) => input(names, 'Else.')],
    [
      'recording feedback',
      RECORD_FEEDBACK,
      (names: Known) => ({
        input: { decisionId: names.decisionId, success: true, idempotencyKey: 'close 1' },
      }),
    ],
  ] as const) {
    const [ofAnother, ofNobody] = await told(query, variables);
    expect(what, ofAnother, ofNobody);
  }
  const early = await say(asking, executionId, key, text);
  expect('before it has a conversation', [early.userErrors[0]?.code, early.message], ['NOT_FOUND', null]);

  const { logDecision } = await ask(asking, LOG_DECISION, decisionInput(userNodeId, 'stop'));
  const { duplicate, userErrors, decisionLog } = logDecision;
  const isSame = decisionLog?.id === decisionId;
  expect(
    'logging under the same key',
    [duplicate, userErrors, isSame, decisionLog?.seq],
    [false, [], false, 1],
  );

  await startConversation(asking.urls(), { executionId, symbol: 'NDX', totalAgents: 7 });
  const own = await say(asking, executionId, key, 'My own words.');
  expect(
    'saying in its own conversation',
    [own.duplicate, own.userErrors, own.message?.seq, own.message?.content.text],
    [false, [], 1, 'My own words.'],
  );
  return failures;
}
