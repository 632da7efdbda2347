import { id } from '../support/app.js';
import { ballotInput, messageInput, startInput } from '../support/scenario.js';
import type { Own } from './sweep.js';

/** A mutation by its name; answers its payload, and fails when it is refused. */
export type Mutate = (name: string, input: Record<string, unknown>) => Promise<any>;

/**
 * Four conversations on one node, one of them evaluated, one open, one that nobody voted in, one that nobody spoke in,
 * and a decision of no swarm; of its parameters one change is proposed and another in force. Answers what is given to find them.
 */
export async function liveThrough(mutate: Mutate, word: (what: string) => string): Promise<Own> {
  const userNodeId = id();
  const conversation = () =>
    startInput({
      userNodeId,
      symbol: word('symbol'),
      agents: [{ agentName: word('bull'), weight: 10 }, { agentName: word('bear') }],
      votingTimeout: 3_600,
      decisionContext: {
        marketConditions: { trend: word('trend') },
        portfolioState: { cash: word('cash') },
        riskMetrics: { drawdown: word('drawdown') },
      },
    });
  const start = async (input = conversation()): Promise<string> => {
    await mutate('startConversation', input);
    return input.executionId;
  };
  const say = (executionId: string, key: string) =>
    mutate(
      'addMessage',
      messageInput(executionId, {
        idempotencyKey: word(key),
        agentName: word('analyst'),
        agentRole: word('role'),
        aiModel: word('model'),
        promptVersion: word('version'),
        content: { text: word('text'), data: { note: word('data') } },
        ui: { icon: word('icon') },
      }),
    );
  const vote = (executionId: string, agent: string, action: string) =>
    mutate('addMessage', ballotInput(executionId, word(agent), { action, confidence: 70 }));

  const evaluated = await start();
  await say(evaluated, 'key-of-evaluated');
  await vote(evaluated, 'bull', 'BUY');
  await vote(evaluated, 'bear', 'SELL');
  const { conversation: decided } = await mutate('recordOutcome', {
    executionId: evaluated,
    executed: true,
    action: 'BUY',
    reasoning: word('reasoning'),
  });
  const decisionId: string = decided.decision.id;
  await mutate('recordFeedback', {
    decisionId,
    idempotencyKey: word('key-of-feedback'),
    success: false,
    pnl: -12.5,
    exitReason: word('exit'),
    lessonsLearned: [word('lesson')],
  });
  const settled = await start();
  await say(settled, 'key-of-settled');
  await mutate('closeVoting', { executionId: settled });
  const open = await start();
  await say(open, 'key-of-open');
  await vote(open, 'bull', 'BUY');
  await start();
  await mutate('logDecision', {
    userNodeId,
    idempotencyKey: word('key-of-decision'),
    type: 'PAUSE',
    action: word('action'),
    symbol: word('symbol'),
    confidence: 50,
    context: { marketConditions: { note: word('context') } },
  });
  const propose = async (path: string, to: number): Promise<string> => {
    const reason = word('reason');
    const input = { userNodeId, path, to, reason };
    return (await mutate('proposeParameterChange', input)).parameterChange.id;
  };
  await propose('quorum', 60);
  const approved = await propose(`agents.${word('bull')}.weight`, 7);
  await mutate('decideParameterChange', {
    changeId: approved,
    decision: 'APPROVE',
    comment: word('comment'),
  });
  return {
    executionId: () => open,
    userNodeId: () => userNodeId,
    decisionId: () => decisionId,
    'Query.decision.id': () => decisionId,
    'Subscription.voteCompleted.executionId': () => evaluated,
    // A conversation is started once, and the outcome of one vote recorded once.
    'StartConversationInput.executionId': id,
    'RecordOutcomeInput.executionId': () => settled,
    // Required, though the schema cannot say so.
    'StartConversationInput.totalAgents': () => 3,
    'LogDecisionInput.action': () => 'BUY',
    'ProposeParameterChangeInput.path': () => 'quorum',
    'ProposeParameterChangeInput.to': () => 70,
    // Approved again it is a duplicate.
    'DecideParameterChangeInput.changeId': () => approved,
  };
}
