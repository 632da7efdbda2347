import { id } from './api.js';
import { type Asking, ask } from './asking.js';
import { conflictFaults, onceFaults, sendAtOnce } from './parallel.js';

export const LOG_DECISION = /* GraphQL */ `
  mutation Log($input: LogDecisionInput!) {
    logDecision(input: $input) { duplicate userErrors { code message } decisionLog { id seq decision { action } } }
  }
`;

export const RECORD_FEEDBACK = /* GraphQL */ `
  mutation Feedback($input: RecordFeedbackInput!) {
    recordFeedback(input: $input) {
      duplicate
      userErrors { code message }
      decisionLog { id revision outcome { success pnl } }
    }
  }
`;

const STORED = /* GraphQL */ `
  query Stored($userNodeId: ID!) {
    decisions(userNodeId: $userNodeId) { edges { node { id revision outcome { pnl } feedback { outcome { pnl } } } } }
  }
`;

export const decisionInput = (userNodeId: string, action: string) => ({
  input: { userNodeId, type: 'PAUSE', action, confidence: 50, idempotencyKey: 'decision 1' },
});

/** Logs a decision and its feedback, each sent so many times at once, then both with other content. */
export async function decisionKeyFaults(
  asking: Asking,
  times: number,
  isUnkeyed: boolean,
): Promise<{ userNodeId: string; decisionId: string; failures: string[] }> {
  const userNodeId = id();
  const input = decisionInput(userNodeId, 'wait');
  const keyed = (n: number) => (isUnkeyed ? { idempotencyKey: `key ${n}` } : {});
  const logged = await sendAtOnce<any>(asking, LOG_DECISION, times, (n) => ({
    input: { ...input.input, ...keyed(n) },
  }));
  const failures = onceFaults(logged, 'logDecision', ({ decisionLog }) => decisionLog);
  const decision = logged.answers[0].decisionLog;
  const other = (await ask(asking, LOG_DECISION, decisionInput(userNodeId, 'go'))).logDecision;
  failures.push(...conflictFaults(other, 'logDecision', other.decisionLog, decision));

  const feedback = (key: string, pnl: number) => ({
    input: { decisionId: decision.id, success: pnl > 0, pnl, idempotencyKey: key },
  });
  const idOf = ({ decisionLog }: any) => [decisionLog.id, decisionLog.revision, decisionLog.outcome];
  const recorded = await sendAtOnce<any>(asking, RECORD_FEEDBACK, times, () => feedback('close 1', 10));
  failures.push(...onceFaults(recorded, 'recordFeedback', idOf));
  await ask(asking, RECORD_FEEDBACK, feedback('close 2', -5));
  const late = await sendAtOnce<any>(asking, RECORD_FEEDBACK, times, () => feedback('close 1', 10));
  failures.push(...onceFaults(late, 'late recordFeedback', idOf, true));
  const changed = (await ask(asking, RECORD_FEEDBACK, feedback('close 1', 11))).recordFeedback;
  const shown = changed.decisionLog && idOf(changed);
  failures.push(
    ...conflictFaults(changed, 'recordFeedback', shown, [decision.id, 2, { success: false, pnl: -5 }]),
  );

  const { decisions } = await ask(asking, STORED, { userNodeId });
  const nodes = decisions.edges.map(({ node }: any) => node);
  const history = nodes[0]?.feedback.map(({ outcome }: any) => outcome.pnl).join();
  if (nodes.length !== 1 || nodes[0].revision !== 2 || history !== '10,-5') {
    failures.push(`Expected one decision with feedback 10,-5, got ${nodes.length} with ${history}.`);
  }
  return { userNodeId, decisionId: decision.id, failures };
}
