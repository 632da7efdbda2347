import type { RunningApp } from '../support/app.js';
import { id } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { type Case, dealt } from './recount.js';

const ACTIONS = ['BUY', 'SELL', 'HOLD'];
const PHASES = ['MARKET_ANALYSIS', 'RISK_CHECK', 'TRADE_DECISION'];
const DECISIONS = 26;
const [UNHEARD, LOGGED, CORRECTED, OPEN] = [9, 5, 3, 12];

const LOG = /* GraphQL */ `
  mutation Log($input: LogDecisionInput!) {
    logDecision(input: $input) { decisionLog { id } }
  }
`;

type Said = [agentName: string, vote: Record<string, unknown>, message: Record<string, unknown>];

/** Who votes in decision `i`, and how: nothing is left to chance, so that the same numbers come out each time. */
function ballotsOf(i: number): Said[] {
  const at = (list: readonly string[], of: number) => list[of % list.length];
  const heard = i % 5 !== 4;
  return [
    [
      'bold',
      { action: at(ACTIONS, i % 2), confidence: 80 + ((i * 7) % 21), weight: 1 + (i % 3) },
      { phase: at(PHASES, i), ...(i % 3 === 0 ? {} : { aiModel: i % 3 === 1 ? 'large' : 'small' }) },
    ],
    ['oracle', { action: at(ACTIONS, 2 * i + (i >> 2)), confidence: 70 }, { aiModel: 'large' }],
    ['adviser', { action: at(ACTIONS, i + 1), confidence: (i * 13) % 101, weight: 0 }, {}],
    [
      'careful',
      heard
        ? { action: at(ACTIONS, i % 3 === 0 ? 0 : 1), confidence: 55 + (i % 10) }
        : { abstention: 'NO_DATA' },
      { phase: at(PHASES, i >> 1) },
    ],
    ...(i % 6 === 0 ? [['rare', { action: 'BUY', confidence: 90 }, {}] satisfies Said] : []),
  ];
}

/**
 * A node with 26 decisions of up to five agents, one of which is always right; one decision without a quorum, one
 * that nobody voted on, one without an outcome, and one whose outcome was first recorded the other way round.
 */
export async function playSeason(app: RunningApp): Promise<string> {
  const { start, vote, outcome, feedback } = flow(app);
  const userNodeId = id();
  const corrections: (() => Promise<unknown>)[] = [];
  for (let i = 0; i < DECISIONS; i++) {
    const pnl = Math.round(1_000 * Math.sin(i + 1)) / 10 + 0.01;
    if (i === LOGGED) {
      const input = { userNodeId, type: 'TRADE', action: 'BUY', symbol: 'SPX', confidence: 90 };
      const { logDecision } = await app.data(LOG, { input });
      await feedback(logDecision.decisionLog.id, { success: false, pnl });
      continue;
    }
    const ballots = ballotsOf(i);
    const symbol = ['SPX', 'NDX', 'RTY'][i % 3];
    const quorum = i === UNHEARD ? 100 : 50;
    const { executionId } = await start({ totalAgents: ballots.length, userNodeId, symbol, quorum });
    for (const [agentName, cast, said] of ballots) await vote(executionId, agentName, cast, said);
    if (i === OPEN) continue;
    const { decision } = await outcome(executionId);
    const oracle = ballots.find(([name]) => name === 'oracle')?.[1];
    const success = oracle?.['action'] === decision.decision.action;
    if (i === CORRECTED) {
      await feedback(decision.id, { success: !success, pnl: 1_000 });
      corrections.push(() => feedback(decision.id, { success, pnl }));
    } else await feedback(decision.id, { success, pnl });
  }
  for (const correct of corrections) await correct();
  return userNodeId;
}

const TOLD = /* GraphQL */ `
  query Told($userNodeId: ID!) {
    decisions(userNodeId: $userNodeId, first: 30) {
      edges {
        node {
          seq
          timestamp
          decision { action symbol confidence }
          outcome { success pnl }
          conversation {
            messages(first: 10) { edges { node { seq phase aiModel } } }
            swarmVote {
              votes { agentName seq action confidence weight }
              explanation { raw agents { agentName evidence } }
            }
          }
        }
      }
    }
  }
`;

/** A vote of an agent with what tells it from others; null where none was said. */
export interface AgentCase extends Case {
  agentName: string;
  SYMBOL: string | null;
  PHASE: string | null;
  MODEL: string | null;
  ACTION: string | null;
}

/** Each evaluated vote and each evaluated decision of a node, oldest first, from what the API tells of its conversations. */
export async function casesOf(app: RunningApp, userNodeId: string) {
  const { decisions } = await app.data(TOLD, { userNodeId });
  const told = decisions.edges.map(({ node }: any) => node).reverse();
  const evaluated = told.filter(
    ({ outcome, conversation }: any) => outcome !== null && conversation?.swarmVote.explanation.raw != null,
  );
  const swarm: Case[] = evaluated.map(({ seq, timestamp, decision, outcome, conversation }: any) => ({
    seq,
    timestamp,
    stated: decision.confidence / 100,
    raw: conversation.swarmVote.explanation.raw,
    right: outcome.success,
    success: outcome.success,
    units: Math.round(1e8 * outcome.pnl),
  }));
  const nextSeq = told.at(-1).seq + 1;
  return { votes: evaluated.flatMap(votesOf) as AgentCase[], swarm, nextSeq, logged: told.length };
}

function votesOf({ seq, timestamp, decision, outcome, conversation }: any): AgentCase[] {
  const { votes, explanation } = conversation.swarmVote;
  const messages = new Map(conversation.messages.edges.map(({ node }: any) => [node.seq, node]));
  const cast = votes.filter(({ action }: any) => action !== null);
  const evidence = new Map(explanation.agents.map((agent: any) => [agent.agentName, agent.evidence]));
  const backers = cast.filter(({ action, weight }: any) => action === decision.action && weight > 0);
  const isHeard = backers.some(({ agentName }: any) => evidence.get(agentName) !== 0);
  const parts = backers.map(({ agentName, weight }: any) => ({
    agentName,
    part: isHeard ? evidence.get(agentName) : weight,
  }));
  const units = dealt(outcome.pnl, parts);
  return cast.map((ballot: any) => {
    const { phase, aiModel } = messages.get(ballot.seq) as any;
    return {
      seq,
      timestamp,
      agentName: ballot.agentName,
      stated: ballot.confidence / 100,
      raw: ballot.confidence / 100,
      right: (ballot.action === decision.action) === outcome.success,
      success: outcome.success,
      units: units.get(ballot.agentName) ?? 0,
      SYMBOL: decision.symbol,
      PHASE: phase,
      MODEL: aiModel,
      ACTION: ballot.action,
    };
  });
}
