import { ObjectId } from 'mongodb';
import { decisionOf } from '../src/domain/commands/completeVote.js';
import type { Conversation } from '../src/domain/conversation.js';
import type { DecisionLog } from '../src/domain/decision.js';
import { explain } from '../src/domain/explanation.js';
import { newNode } from '../src/domain/node.js';
import { RULES } from '../src/domain/rules.js';
import { tally } from '../src/domain/tally.js';
import type { Ballot, SwarmVote } from '../src/domain/voting.js';
import { TRADE_ACTIONS } from '../src/domain/tradeAction.js';
import { fromDecision } from '../src/mongo/decisionMapping.js';
import { createClient, id } from './client.js';
import { spread } from './rate.js';
import type { Bench } from './server.js';

const AGENTS = 7;
const EXPLAINED = 50;
const DECISIONS = 10_000;
const OTHER_EVERY_MS = 20;

/** Explaining a vote of 50 ballots, in ms. */
export function msOfExplanation(): number {
  const vote = countedVote(EXPLAINED, 1);
  const times = Array.from({ length: 200 }, () => {
    const startedMs = performance.now();
    if (explain(vote) === null) throw new Error('Expected a counted vote.');
    return performance.now() - startedMs;
  });
  return spread(times.slice(100)).median;
}

export interface WhatIfFigures {
  seconds: number;
  /** The slowest answer that another client got meanwhile, and the median without a `whatIf`, in ms. */
  slowestOtherMs: number;
  usualOtherMs: number;
}

/** Counting 10,000 decisions of a node again, while another client asks something small every 20 ms. */
export async function measureWhatIf({ url, db }: Bench): Promise<WhatIfFigures> {
  const userNodeId = id();
  await decide(db, userNodeId);
  const client = createClient(url, 1);
  const other = createClient(url, 4);
  const query = 'query WhatIf($input: WhatIfInput!) { whatIf(input: $input) { decisions changed } }';
  const input = { userNodeId, rule: 'MAJORITY', last: DECISIONS };
  const usual = await whileAsking(other, () => new Promise((resolve) => setTimeout(resolve, 1_000)));
  const startedMs = performance.now();
  let decisions = 0;
  const others = await whileAsking(other, async () => {
    decisions = (await client.data(query, { input })).whatIf.decisions;
  });
  const seconds = (performance.now() - startedMs) / 1_000;
  client.close();
  other.close();
  if (decisions !== DECISIONS) throw new Error(`Expected ${DECISIONS} decisions, got ${decisions}.`);
  return { seconds, slowestOtherMs: Math.max(...others), usualOtherMs: spread(usual).median };
}

/** How long each small question took while the work went on, in ms. */
async function whileAsking(client: ReturnType<typeof createClient>, work: () => Promise<unknown>) {
  const times: number[] = [];
  const asked: Promise<void>[] = [];
  const ask = async (): Promise<void> => {
    const startedMs = performance.now();
    await client.data('{ viewer { id } }');
    times.push(performance.now() - startedMs);
  };
  const timer = setInterval(() => void asked.push(ask()), OTHER_EVERY_MS);
  await work();
  clearInterval(timer);
  await Promise.all(asked);
  return times;
}

/** The node's history, put where the server reads it: ten thousand votes one after the other would take minutes. */
async function decide(db: Bench['db'], userNodeId: string): Promise<void> {
  const userId = '00000000000000000000face';
  const collection = db.collection('ai_decisions_log');
  for (let seq = 1; seq <= DECISIONS; seq += 500) {
    await collection.insertMany(
      Array.from({ length: 500 }, (_, i) => {
        const decision = loggedDecision(countedVote(AGENTS, seq + i), userId, userNodeId, seq + i);
        return fromDecision(decision) as never;
      }),
    );
  }
  await db.collection('ai_node_learning').insertOne({
    _id: new ObjectId(),
    user_id: new ObjectId(userId),
    user_node_id: new ObjectId(userNodeId),
    last_decision_seq: DECISIONS,
    version: 0,
    base_seq: 0,
    agents: [],
    self: { n: 0, o: 0, c: 0, cc: 0, co: 0, r: 0 },
    adjustments: [],
    unsettled: null,
    schema_version: 1,
  });
}

function loggedDecision(vote: SwarmVote, userId: string, userNodeId: string, seq: number): DecisionLog {
  const conversation = {
    id: id(),
    userId,
    executionId: id(),
    userNodeId,
    context: { symbol: 'SPX', action: 'executing', phase: 'trade_decision' },
    swarmVote: vote,
    decisionContext: { marketConditions: null, portfolioState: null, riskMetrics: null },
    decisionId: id(),
  } as Conversation;
  const decision = decisionOf(conversation);
  if (decision === null) throw new Error('Expected a decision.');
  const outcome = { success: seq % 3 !== 0, pnl: seq % 3 === 0 ? -10 : 12, timeHeld: 60, exitReason: null };
  return { ...decision, outcome, revision: 1 };
}

/** A vote of so many strangers, each for what its place and the decision's number make of it. */
function countedVote(agents: number, seq: number): SwarmVote {
  const at = new Date(1_700_000_000_000 + seq);
  const ballots = Array.from(
    { length: agents },
    (_, i): Ballot => ({
      agentName: `agent_${i}`,
      action: TRADE_ACTIONS[(i * 7 + seq * 3 + ((i * seq) % 5)) % 3] ?? 'hold',
      confidence: 50 + ((i * 13 + seq * 7) % 45),
      weight: 1 + (i % 4),
      abstention: null,
      seq: i + 1,
      timestamp: at,
      p: null,
      r: null,
      evidence: null,
      isDefaultWeight: false,
      aiModel: 'model-1',
      phase: 'trade_decision',
    }),
  );
  const node = { ...newNode('user', 'node'), lastDecisionSeq: seq };
  const terms = { totalAgents: agents, quorum: 50, rule: RULES.log_odds };
  const counted = tally({ ballots, node, seq, parameterVersion: 1, ...terms });
  return {
    id: 'vote',
    conversationId: 'conversation',
    executionId: 'execution',
    totalAgents: agents,
    agents: null,
    quorum: 50,
    rule: 'log_odds',
    parameterVersion: 1,
    deadline: at,
    timing: { startedAt: at, endsAt: null, firstBallotAt: at, votingTimeout: null },
    ballots: counted.ballots,
    ballotSeq: agents,
    consensus: counted.consensus,
    basis: counted.basis,
    votingCompleted: at,
    completedRevision: 1,
    lateBallots: [],
    closingSeq: null,
  };
}
