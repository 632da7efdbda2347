import { checks } from '../checks.js';
import { echo } from '../echo.js';
import type { DecisionLog, DecisionType } from '../decision.js';
import { contentHash } from '../hash.js';
import type { Ports } from '../ports.js';
import { type Answer, accepted, refusal, refused } from '../refusal.js';
import { cleanSymbol } from '../symbol.js';
import type { Viewer } from '../viewer.js';
import { TRADE_ACTIONS } from '../tradeAction.js';
import { keepSymbol } from './keepSymbol.js';
import { checkContext, type DecisionContextInput, givenContext } from './decisionContext.js';

type Maybe<T> = T | null | undefined;

interface LogDecisionInput {
  userNodeId: string;
  type: DecisionType;
  action: string;
  symbol?: Maybe<string>;
  confidence: number;
  context?: Maybe<DecisionContextInput>;
  idempotencyKey?: Maybe<string>;
}

/** Logs a decision that no swarm voted on: it takes a number within its node and teaches nobody. */
export async function logDecision(
  ports: Ports,
  viewer: Viewer,
  given: LogDecisionInput,
): Promise<Answer<DecisionLog>> {
  const input = { ...given, symbol: given.symbol == null ? null : cleanSymbol(given.symbol) };
  const faults = checkDecision(input);
  if (faults.length > 0) return refused(faults);
  const content = {
    decision: {
      type: input.type,
      action: input.type === 'trade' ? input.action.toLowerCase() : input.action,
      symbol: input.symbol,
      confidence: input.confidence,
    },
    context: givenContext(input.context),
  };
  const hash = contentHash(content);
  const before = await storedUnderKey(ports, viewer, input, hash);
  if (before !== null) return before;
  const { userNodeId } = input;
  const node = await ports.nodes.takeNumber(viewer.userId, userNodeId);
  const decision: DecisionLog = {
    id: ports.newId(),
    userId: viewer.userId,
    userNodeId,
    executionId: null,
    conversationId: null,
    ...content,
    outcome: null,
    learning: null,
    seq: node.lastDecisionSeq,
    ballots: [],
    basis: null,
    isUnanimous: false,
    revision: 0,
    feedback: [],
    idleKeys: [],
    idempotencyKey: input.idempotencyKey ?? null,
    contentHash: hash,
    timestamp: ports.clock.now(),
  };
  if (await ports.decisions.insert(decision)) {
    await keepSymbol(ports, decision, decision.decision.symbol);
    return accepted(decision);
  }
  const raced = await storedUnderKey(ports, viewer, input, hash);
  if (raced === null) throw new Error('The decision is there already and is not found.');
  return raced;
}

async function storedUnderKey(
  ports: Ports,
  viewer: Viewer,
  { userNodeId, idempotencyKey }: LogDecisionInput,
  hash: string,
): Promise<Answer<DecisionLog> | null> {
  if (idempotencyKey == null) return null;
  const stored = await ports.decisions.findByKey(viewer.userId, userNodeId, idempotencyKey);
  if (stored === null) return null;
  if (stored.contentHash === hash) return accepted(stored, true);
  const text = `Expected what was logged under this \`idempotencyKey\`, got other content for ${echo(idempotencyKey)}.`;
  return refused([refusal('CONFLICT', text, 'idempotencyKey')], stored);
}

function checkDecision(input: LogDecisionInput) {
  const check = checks();
  check.id('userNodeId', input.userNodeId);
  check.length('action', input.action, 1, 64);
  if (input.type === 'trade' && !TRADE_ACTIONS.some((action) => action.toUpperCase() === input.action)) {
    const word = input.action.trim().toUpperCase();
    const near = TRADE_ACTIONS.some((action) => action.toUpperCase() === word) ? word : null;
    check.fault(
      'action',
      `Expected \`action\` of a TRADE to be BUY, SELL or HOLD, got ${echo(input.action)}.`,
      near === null ? '' : ` Did you mean ${near}?`,
      near,
    );
  }
  check.length('symbol', input.symbol, 1, 64);
  check.range('confidence', input.confidence);
  check.length('idempotencyKey', input.idempotencyKey, 1, 128);
  checkContext(check, 'context', input.context);
  return check.refusals;
}
